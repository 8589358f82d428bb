/* pkg-config: fmt */
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <vector>
#undef NDEBUG
#include <cassert>

int main() {
    assert(fmt::format("{:>8.3f}|{:#x}|{:^7}|{:+d}", 3.14159, 255, "mid", 42) == "   3.142|0xff|  mid  |+42");
    assert(fmt::format("{}", 0.1) == "0.1");
    assert(fmt::format("{}", 5e-324) == "5e-324");
    assert(fmt::format("{}", std::vector<int>{1, 2, 3}) == "[1, 2, 3]");
    assert(fmt::format("{1}{0}", 1, 2) == "21");
    try {
        (void)fmt::format(fmt::runtime("{:d}"), "no number");
        return 1;
    } catch (const fmt::format_error &) {
    }
    return 0;
}
