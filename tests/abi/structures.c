// Structures that programs share with the runtime: their sizes, and what comes back in them.
#define _GNU_SOURCE

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <locale.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <regex.h>
#include <glob.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/utsname.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "report.h"

#define FOLDER "/tmp/abiprobe"
#define SIZE(type) say(report, #type " %zu; ", sizeof(type))
#define PLACE(type, member) say(report, #type "." #member " %zu; ", offsetof(type, member))

void tell_sizes(Report *report) {
  SIZE(struct stat), PLACE(struct stat, st_size), PLACE(struct stat, st_mtim), PLACE(struct stat, st_ino);
  SIZE(struct dirent), PLACE(struct dirent, d_type), PLACE(struct dirent, d_name);
  SIZE(struct termios), PLACE(struct termios, c_cc), SIZE(struct winsize);
  SIZE(time_t), SIZE(struct tm), PLACE(struct tm, tm_zone), SIZE(struct timespec), SIZE(struct timeval);
  SIZE(struct itimerspec), SIZE(struct rusage), SIZE(struct rlimit), SIZE(struct statvfs), SIZE(struct utsname);
  SIZE(struct sockaddr_in), SIZE(struct sockaddr_in6), SIZE(struct sockaddr_un), SIZE(struct sockaddr_storage);
  SIZE(struct addrinfo), PLACE(struct addrinfo, ai_addr), SIZE(struct hostent), SIZE(struct msghdr);
  PLACE(struct msghdr, msg_control), SIZE(struct iovec), SIZE(struct pollfd), SIZE(nfds_t), SIZE(fd_set);
  SIZE(struct flock), PLACE(struct flock, l_len), SIZE(off_t), SIZE(ino_t), SIZE(dev_t), SIZE(mode_t);
  SIZE(pthread_mutex_t), SIZE(pthread_cond_t), SIZE(pthread_rwlock_t), SIZE(pthread_attr_t), SIZE(pthread_once_t);
  SIZE(sem_t), SIZE(jmp_buf), SIZE(sigjmp_buf), SIZE(siginfo_t), SIZE(stack_t), SIZE(mbstate_t), SIZE(struct lconv);
  SIZE(regex_t), SIZE(regmatch_t), SIZE(glob_t), SIZE(wchar_t), SIZE(long double), SIZE(va_list), SIZE(max_align_t);
}

static void prepare(void) {
  struct timespec times[2] = {{1500000000, 123000000}, {1600000001, 456000000}};
  mkdir(FOLDER, 0755);
  int file = open(FOLDER "/file", O_CREAT | O_RDWR | O_TRUNC, 0640);
  if (write(file, "hello world\n", 12) == 12) close(file);
  chmod(FOLDER "/file", 0640);
  utimensat(AT_FDCWD, FOLDER "/file", times, 0);
  unlink(FOLDER "/link");
  if (symlink("file", FOLDER "/link") < 0) perror("symlink");
}

void tell_files(Report *report) {
  prepare();
  GUARDED(struct stat, found);
  say(report, "stat %d", stat(FOLDER "/file", &found.value));
  SAY_GUARDS(report, found);
  struct stat *s = &found.value;
  say(report, " size %lld mode %o links %d owner %d %d blocks %lld of %d", (long long)s->st_size, s->st_mode,
      (int)s->st_nlink, (int)s->st_uid, (int)s->st_gid, (long long)s->st_blocks, (int)s->st_blksize);
  say(report, " read %lld.%09ld written %lld.%09ld", (long long)s->st_atim.tv_sec, s->st_atim.tv_nsec,
      (long long)s->st_mtim.tv_sec, s->st_mtim.tv_nsec);
  say(report, "; lstat %d %o", lstat(FOLDER "/link", s), s->st_mode);
  say(report, "; fstatat %d %o", fstatat(AT_FDCWD, FOLDER "/link", s, 0), s->st_mode);
  int file = open(FOLDER "/file", O_RDONLY);
  say(report, "; fstat %d %lld", fstat(file, s), (long long)s->st_size);
  char text[20] = "";
  struct iovec parts[2] = {{text, 5}, {text + 5, 7}};
  say(report, "; readv %zd at %lld", readv(file, parts, 2), (long long)lseek(file, 0, SEEK_CUR));
  say(report, " pread %zd %.5s", pread(file, text, 5, 6), text);
  close(file);
  SAY_GUARDS(report, found);
  errno = 0;
  say(report, "; missing %d", stat(FOLDER "/missing", s));
  say(report, " %d", errno == ENOENT);
}

void tell_new_files(Report *report) {
  prepare();
  unlink(FOLDER "/new");
  close(open(FOLDER "/new", O_CREAT | O_WRONLY, 0666));
  struct stat s;
  stat(FOLDER "/new", &s);
  say(report, "mode %o", s.st_mode);
  unlink(FOLDER "/new");
}

static int by_name(const struct dirent **left, const struct dirent **right) {
  return strcmp((*left)->d_name, (*right)->d_name);
}

static int walked;

static int walk(const char *path, const struct stat *found, int kind, struct FTW *place) {
  walked += kind == FTW_F ? 1 : 100;
  return 0;
}

void tell_folders(Report *report) {
  prepare();
  struct dirent **list;
  int count = scandir(FOLDER, &list, NULL, by_name);
  say(report, "scandir %d:", count);
  for (int i = 0; i < count; i++) {
    say(report, " %s type %d number %d", list[i]->d_name, list[i]->d_type, list[i]->d_ino > 0);
    free(list[i]);
  }
  DIR *folder = opendir(FOLDER);
  int seen = 0;
  while (readdir(folder)) seen++;
  rewinddir(folder);
  say(report, "; readdir %d again %d", seen, readdir(folder) != NULL);
  closedir(folder);
  walked = 0;
  say(report, "; nftw %d %d", nftw(FOLDER, walk, 8, FTW_PHYS), walked);
  char name[256];
  say(report, "; %s %zd", realpath(FOLDER "/link", name) ? name : "none", readlink(FOLDER "/link", name, sizeof name));
}

void tell_times(Report *report) {
  time_t moment = 1700000000;
  GUARDED(struct tm, broken);
  struct tm *t = gmtime_r(&moment, &broken.value);
  SAY_GUARDS(report, broken);
  say(report, " %d-%d-%d %d:%d:%d day %d of week %d summer %d offset %ld zone %s", t->tm_year, t->tm_mon, t->tm_mday,
      t->tm_hour, t->tm_min, t->tm_sec, t->tm_yday, t->tm_wday, t->tm_isdst, t->tm_gmtoff, t->tm_zone);
  t = localtime_r(&moment, &broken.value);
  SAY_GUARDS(report, broken);
  say(report, " local %d:%d zone %s back %lld", t->tm_hour, t->tm_min, t->tm_zone, (long long)mktime(t));
  say(report, "; timegm %lld", (long long)timegm(t));
  char text[100];
  strftime(text, sizeof text, "%a %d %B %Y %H:%M:%S %j %U %z", t);
  say(report, " %s", text);
  say(report, " %s", strptime("2024-02-29 12:30", "%Y-%m-%d %H:%M", t) ? "parsed" : "not parsed");
  say(report, " %d %d %d", t->tm_mon, t->tm_mday, t->tm_hour);
  GUARDED(struct timespec, now);
  say(report, "; clocks %d %d %d", clock_gettime(CLOCK_REALTIME, &now.value), now.value.tv_sec > 1700000000,
      clock_gettime(CLOCK_MONOTONIC, &now.value));
  SAY_GUARDS(report, now);
  GUARDED(struct timeval, day);
  say(report, "; gettimeofday %d", gettimeofday(&day.value, NULL));
  SAY_GUARDS(report, day);
  struct timespec little = {0, 1000000};
  say(report, "; nanosleep %d", nanosleep(&little, NULL));
}

void tell_terminals(Report *report) {
  GUARDED(struct termios, settings);
  memset(&settings.value, 0, sizeof settings.value);
  say(report, "tcgetattr %d", tcgetattr(0, &settings.value));
  SAY_GUARDS(report, settings);
  say(report, "; speed %d %d", cfsetispeed(&settings.value, B9600), cfgetispeed(&settings.value) == B9600);
  cfmakeraw(&settings.value);
  say(report, " raw %x", (unsigned)settings.value.c_lflag);
  SAY_GUARDS(report, settings);
  GUARDED(struct winsize, window);
  say(report, "; window %d", ioctl(0, TIOCGWINSZ, &window.value));
  SAY_GUARDS(report, window);
  int file = open(FOLDER "/file", O_RDONLY);
  say(report, "; of a file %d isatty %d", tcgetattr(file, &settings.value), isatty(file));
  close(file);
}

void tell_sockets(Report *report) {
  GUARDED(struct in6_addr, address);
  char text[INET6_ADDRSTRLEN];
  say(report, "%d %s", inet_pton(AF_INET6, "fe80::1", &address.value),
      inet_ntop(AF_INET6, &address.value, text, sizeof text));
  SAY_GUARDS(report, address);
  struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST}, *found = NULL;
  int code = getaddrinfo("127.0.0.1", "80", &hints, &found);
  say(report, "; getaddrinfo %d", code);
  if (code == 0) {
    struct sockaddr_in *first = (struct sockaddr_in *)found->ai_addr;
    say(report, " family %d port %d %s", found->ai_family, ntohs(first->sin_port), inet_ntoa(first->sin_addr));
    freeaddrinfo(found);
  }
  int file = socket(AF_INET, SOCK_STREAM, 0);
  GUARDED(struct sockaddr_storage, name);
  socklen_t length = sizeof name.value;
  int value = 0;
  socklen_t size = sizeof value;
  say(report, "; socket %d getsockname %d", file >= 0, getsockname(file, (struct sockaddr *)&name.value, &length));
  SAY_GUARDS(report, name);
  say(report, " getsockopt %d %d", getsockopt(file, SOL_SOCKET, SO_ERROR, &value, &size), value);
  close(file);
  say(report, "; %x %x", htonl(0x01020304), htons(0x0102));
}

void tell_descriptors(Report *report) {
  int ends[2];
  say(report, "pipe %d", pipe(ends));
  say(report, " write %zd", write(ends[1], "abc", 3));
  struct pollfd polled[2] = {{ends[0], POLLIN, 0}, {ends[1], POLLOUT, 0}};
  say(report, " poll %d %d %d", poll(polled, 2, 0), polled[0].revents, polled[1].revents);
  GUARDED(fd_set, set);
  FD_ZERO(&set.value);
  FD_SET(ends[0], &set.value);
  struct timeval now = {0, 0};
  say(report, " select %d %d", select(ends[0] + 1, &set.value, NULL, NULL, &now), FD_ISSET(ends[0], &set.value) != 0);
  SAY_GUARDS(report, set);
  char text[10];
  say(report, " read %zd", read(ends[0], text, sizeof text));
  int copy = fcntl(ends[0], F_DUPFD, 100);
  say(report, "; fcntl %d %x", copy >= 100, fcntl(ends[1], F_GETFL));
  GUARDED(struct flock, lock);
  memset(&lock.value, 0, sizeof lock.value);
  lock.value.l_type = F_RDLCK;
  say(report, " lock %d", fcntl(ends[0], F_GETLK, &lock.value));
  SAY_GUARDS(report, lock);
  close(copy), close(ends[0]), close(ends[1]);
}

void tell_queued_bytes(Report *report) {
  int ends[2], queued = 0;
  say(report, "pipe %d", pipe(ends));
  say(report, " write %zd", write(ends[1], "abc", 3));
  say(report, " ioctl %d queued %d", ioctl(ends[0], FIONREAD, &queued), queued);
  close(ends[0]), close(ends[1]);
}

void tell_machine(Report *report) {
  GUARDED(struct utsname, name);
  say(report, "uname %d %s %s", uname(&name.value), name.value.sysname, name.value.machine);
  SAY_GUARDS(report, name);
  GUARDED(struct statvfs, volume);
  say(report, "; statvfs %d %lu %lu", statvfs("/tmp", &volume.value), volume.value.f_bsize, volume.value.f_namemax);
  SAY_GUARDS(report, volume);
  GUARDED(struct rusage, usage);
  say(report, "; getrusage %d", getrusage(RUSAGE_SELF, &usage.value));
  SAY_GUARDS(report, usage);
  GUARDED(struct rlimit, limit);
  say(report, "; getrlimit %d", getrlimit(RLIMIT_NOFILE, &limit.value));
  SAY_GUARDS(report, limit);
  say(report, "; page %ld processors %ld", sysconf(_SC_PAGESIZE), sysconf(_SC_NPROCESSORS_ONLN));
  GUARDED(struct itimerval, timer);
  say(report, "; timer %d", getitimer(ITIMER_REAL, &timer.value));
  SAY_GUARDS(report, timer);
}
