{ roots }:
# The names that generators' build systems have for the compiler of the machine that builds: autoconf's and Meson's, GMP's,
# Linux's.
{
  path = [ roots.native-cc ];
  env = {
    CC_FOR_BUILD = "cc";
    CXX_FOR_BUILD = "c++";
    AR_FOR_BUILD = "native-ar";
    NM_FOR_BUILD = "native-nm";
    RANLIB_FOR_BUILD = "native-ranlib";
    STRIP_FOR_BUILD = "native-strip";
    BUILD_CC = "cc";
    BUILD_CXX = "c++";
    HOSTCC = "cc";
    HOSTCXX = "c++";
  };
}
