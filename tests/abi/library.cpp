// The C++ library by itself: what of it lives in the runtime, and what headers make of its types.
#include <algorithm>
#include <atomic>
#include <bitset>
#include <charconv>
#include <chrono>
#include <complex>
#include <deque>
#include <filesystem>
#include <format>
#include <fstream>
#include <functional>
#include <future>
#include <iomanip>
#include <list>
#include <locale>
#include <map>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <numeric>
#include <random>
#include <regex>
#include <set>
#include <sstream>
#include <system_error>
#include <thread>
#include <unordered_map>
#include <valarray>

#include "groups.hpp"

static void sizes(std::ostream &out) {
  out << sizeof(std::string) << ' ' << sizeof(std::vector<int>) << ' ' << sizeof(std::map<int, int>) << ' '
      << sizeof(std::unordered_map<int, int>) << ' ' << sizeof(std::deque<int>) << ' ' << sizeof(std::list<int>) << ' '
      << sizeof(std::function<void()>) << ' ' << sizeof(std::shared_ptr<int>) << ' ' << sizeof(std::ostringstream) << ' '
      << sizeof(std::ifstream) << ' ' << sizeof(std::locale) << ' ' << sizeof(std::mutex) << ' '
      << sizeof(std::condition_variable) << ' ' << sizeof(std::thread) << ' ' << sizeof(std::filesystem::path) << ' '
      << sizeof(std::regex) << ' ' << sizeof(std::error_code) << ' ' << sizeof(std::chrono::system_clock::time_point);
}

static void output(std::ostream &out) {
  out << 1 << ' ' << -2L << ' ' << 1.5 << ' ' << 1e300 << ' ' << 0.1f << ' ' << 1.0L / 3 << ' ' << std::hex << 255 << ' '
      << std::oct << 8 << std::dec << ' ' << std::fixed << std::setprecision(3) << 2.0 / 3 << ' ' << std::scientific
      << 12345.678 << ' ' << std::hexfloat << 0.1 << ' ' << std::defaultfloat << std::setw(8) << std::setfill('*') << 7
      << ' ' << std::boolalpha << true;
}

static void input(std::ostream &out) {
  std::istringstream in("12 3.25 word 1f 99999999999999\nnext");
  int number = 0, hexadecimal = 0;
  double real = 0;
  long long large = 0;
  std::string word, line;
  in >> number >> real >> word >> std::hex >> hexadecimal >> std::dec >> large;
  std::getline(in, line);
  std::getline(in, line);
  out << number << ' ' << real << ' ' << word << ' ' << hexadecimal << ' ' << large << ' ' << line << ' ' << in.eof();
}

static void files(std::ostream &out) {
  { std::ofstream("/tmp/abiprobe.txt") << "line 1\nline 2\n" << 3.5 << std::endl; }
  std::fstream file("/tmp/abiprobe.txt");
  std::string line;
  while (std::getline(file, line)) out << '[' << line << ']';
  file.clear();
  file.seekg(5);
  out << static_cast<char>(file.get()) << file.tellg();
  file.seekp(0);
  file << "LINE";
  file.close();
  std::ifstream again("/tmp/abiprobe.txt");
  std::getline(again, line);
  out << line << std::ifstream("/nowhere").fail();
}

static void filesystem(std::ostream &out) {
  namespace fs = std::filesystem;
  fs::remove_all("/tmp/abiprobe.d");
  fs::create_directories("/tmp/abiprobe.d/a/b");
  { std::ofstream("/tmp/abiprobe.d/a/file.txt") << "12345"; }
  fs::create_symlink("file.txt", "/tmp/abiprobe.d/a/link");
  std::vector<std::string> names;
  for (const auto &entry : fs::recursive_directory_iterator("/tmp/abiprobe.d"))
    names.push_back(entry.path().lexically_relative("/tmp/abiprobe.d").string() + (entry.is_directory() ? "/" : ""));
  std::sort(names.begin(), names.end());
  for (const auto &name : names) out << name << ' ';
  out << fs::file_size("/tmp/abiprobe.d/a/file.txt") << ' ' << fs::read_symlink("/tmp/abiprobe.d/a/link") << ' ';
  fs::rename("/tmp/abiprobe.d/a/file.txt", "/tmp/abiprobe.d/a/other.txt");
  fs::permissions("/tmp/abiprobe.d/a/other.txt", fs::perms::owner_read);
  out << static_cast<int>(fs::status("/tmp/abiprobe.d/a/other.txt").permissions()) << ' ';
  fs::last_write_time("/tmp/abiprobe.d/a/other.txt", fs::file_time_type(std::chrono::seconds(1000)));
  const auto written = fs::last_write_time("/tmp/abiprobe.d/a/other.txt").time_since_epoch();
  out << static_cast<long long>(std::chrono::duration_cast<std::chrono::seconds>(written).count()) << ' ';
  try {
    fs::file_size("/tmp/abiprobe.d/missing");
  } catch (const fs::filesystem_error &error) {
    out << error.what();
  }
  out << ' ' << fs::remove_all("/tmp/abiprobe.d");
}

static void containers(std::ostream &out) {
  std::vector<std::string> items;
  for (int i = 0; i < 100; i++) items.push_back("item " + std::to_string(i));
  std::map<std::string, std::size_t> sorted;
  for (const auto &item : items) sorted[item] = item.size();
  std::unordered_map<std::string, std::size_t> hashed(sorted.begin(), sorted.end());
  std::deque<int> deque(1000, 3);
  deque.push_front(1);
  out << sorted.begin()->first << ' ' << sorted.rbegin()->first << ' ' << hashed.at("item 42") << ' '
      << hashed.bucket_count() << ' ' << deque.size() << ' ' << deque.front() << ' '
      << std::hash<std::string>{}("a text to be hashed, rather long");
}

static void sorting(std::ostream &out) {
  std::vector<double> values(1000);
  unsigned state = 1;
  for (auto &value : values) value = (state = state * 1103515245u + 12345u) / 1e9;
  std::sort(values.begin(), values.end());
  std::vector<int> numbers(1000);
  std::iota(numbers.rbegin(), numbers.rend(), 0);
  std::sort(numbers.begin(), numbers.end(), std::less<>());
  out << std::is_sorted(values.begin(), values.end()) << ' ' << values[500] << ' ' << numbers[7] << ' '
      << std::accumulate(values.begin(), values.end(), 0.0);
}

static void numbers(std::ostream &out) {
  char text[64];
  const auto written = std::to_chars(text, text + sizeof text, 1.0 / 3);
  double read = 0;
  std::from_chars("2.5e3", std::string_view("2.5e3").data() + 5, read);
  out << std::to_string(1.5) << ' ' << std::stod("2.5e3") << ' ' << std::stoll("-9000000000") << ' ' << std::stold("1.25")
      << ' ' << std::string_view(text, written.ptr - text) << ' '
      << std::format("{} {:>8} {:.3f} {:#x} {:e}", 1, "right", 3.14159, 255, 12345.678);
}

static void expressions(std::ostream &out) {
  const std::regex expression("(\\w+)@(\\w+)\\.com", std::regex::icase);
  const std::string text = "write to some@example.COM now";
  std::smatch found;
  out << std::regex_search(text, found, expression) << found[1] << found[2] << ' '
      << std::regex_replace(text, expression, "<$1>");
  try {
    std::regex wrong("(");
  } catch (const std::regex_error &error) {
    out << ' ' << error.what() << ' ' << error.code();
  }
}

static void locales(std::ostream &out) {
  const std::locale classic = std::locale::classic();
  out << classic.name() << ' ' << std::use_facet<std::ctype<char>>(classic).toupper('a') << ' '
      << std::use_facet<std::numpunct<char>>(classic).decimal_point() << ' ' << std::isalpha('x', classic) << ' ';
  try {
    out << std::locale("de_DE.UTF-8").name();
  } catch (const std::runtime_error &error) {
    out << error.what();
  }
  std::tm broken{};
  broken.tm_year = 124;
  broken.tm_mday = 29;
  broken.tm_mon = 1;
  out << ' ' << std::put_time(&broken, "%A %d %B %Y");
}

static void clocks(std::ostream &out) {
  using namespace std::chrono;
  const auto first = steady_clock::now(), second = steady_clock::now();
  out << (system_clock::now().time_since_epoch() > seconds(1700000000)) << (second >= first) << ' '
      << year_month_day(sys_days(days(20000))).day().operator unsigned() << ' ';
  std::this_thread::sleep_for(milliseconds(1));
  out << (steady_clock::now() - second >= milliseconds(1));
}

static void threads(std::ostream &out) {
  out << std::thread::hardware_concurrency() << ' ';
  try {
    std::thread([] {}).join();
    out << "ran";
  } catch (const std::system_error &error) {
    out << error.code().value() << ' ' << error.what();
  }
  std::recursive_mutex mutex;
  const std::scoped_lock once(mutex), again(mutex);
  static std::once_flag flag;
  int calls = 0;
  std::call_once(flag, [&] { calls++; });
  std::promise<int> promise;
  auto future = promise.get_future();
  promise.set_exception(std::make_exception_ptr(std::runtime_error("promised")));
  try {
    future.get();
  } catch (const std::exception &error) {
    out << ' ' << error.what();
  }
  out << ' ' << std::async(std::launch::deferred, [] { return 5; }).get();
}

struct Large {
  int parts[6];
};

static void atomics(std::ostream &out) {
  std::atomic<long long> counter{1LL << 40};
  counter += 5;
  std::atomic<Large> large;
  large.store({{1, 2, 3, 4, 5, 6}});
  thread_local std::string own = "one for each thread, on the heap";
  out << counter.load() << ' ' << counter.is_lock_free() << ' ' << large.load().parts[5] << ' ' << own;
}

static void memory(std::ostream &out) {
  char buffer[256];
  std::pmr::monotonic_buffer_resource resource(buffer, sizeof buffer);
  std::pmr::vector<int> values(&resource);
  for (int i = 0; i < 100; i++) values.push_back(i);
  auto *aligned = new (std::align_val_t(64)) int[16];
  out << values.size() << ' ' << reinterpret_cast<std::uintptr_t>(aligned) % 64 << ' '
      << (operator new(0xfffff000u, std::nothrow) == nullptr);
  operator delete[](aligned, std::align_val_t(64));
  auto shared = std::make_shared<std::string>("shared");
  const std::weak_ptr<std::string> weak = shared;
  shared.reset();
  out << ' ' << weak.expired();
}

static void randomness(std::ostream &out) {
  std::random_device device;
  std::mt19937_64 generator(5);
  std::normal_distribution<double> normal;
  out << (device() != device()) << ' ' << generator() << ' ' << std::setprecision(17) << normal(generator) << ' '
      << std::uniform_int_distribution<int>(1, 6)(generator);
}

static void numerics(std::ostream &out) {
  const std::valarray<double> values{1, 2, 3};
  const std::complex<double> value(1, 2);
  out << std::setprecision(17) << values.sum() << ' ' << std::exp(value) * std::sqrt(value) << ' ' << std::abs(value) << ' '
      << std::bitset<12>(1234) << ' ' << std::hypot(3.0, 4.0, 12.0) << ' ' << std::tgamma(4.5) << ' '
      << std::remainder(5.5, 2.0);
}

static void errors(std::ostream &out) {
  for (const int number : {0, 1, 2, 13, 17, 20, 22, 28, 44, 54, 63, 73, 138, 200})
    out << number << ' ' << std::generic_category().message(number) << "; ";
  out << std::make_error_code(std::errc::timed_out).value() << ' ' << std::make_error_code(std::io_errc::stream).message();
}

std::vector<Group> library_groups() {
  return {
      {"sizes", sizes},
      {"output", output},
      {"input", input},
      {"files", files},
      {"filesystem", filesystem},
      {"containers", containers},
      {"sorting", sorting},
      {"numbers", numbers},
      {"expressions", expressions},
      {"locales", locales},
      {"clocks", clocks},
      {"threads", threads},
      {"atomics", atomics},
      {"memory", memory},
      {"randomness", randomness},
      {"numerics", numerics},
      {"errors", errors},
  };
}
