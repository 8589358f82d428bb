/* pkg-config: boost */
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/multiprecision/cpp_int.hpp>
#include <boost/version.hpp>
#include <cmath>
#include <vector>
#undef NDEBUG
#include <cassert>

int main() {
    assert(BOOST_VERSION == 108300);
    boost::multiprecision::cpp_int factorial = 1;
    for (int factor = 2; factor <= 25; factor++)
        factorial *= factor;
    assert(factorial.str() == "15511210043330985984000000");
    assert(std::abs(boost::math::tgamma(0.5) - std::sqrt(std::acos(-1.0))) < 1e-15);

    using Weight = boost::property<boost::edge_weight_t, int>;
    using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, Weight>;
    Graph graph(4);
    boost::add_edge(0, 1, 7, graph);
    boost::add_edge(0, 2, 2, graph);
    boost::add_edge(2, 1, 3, graph);
    boost::add_edge(1, 3, 1, graph);
    std::vector<int> distances(4);
    boost::dijkstra_shortest_paths(graph, boost::vertex(0, graph), boost::distance_map(distances.data()));
    assert((distances == std::vector<int>{0, 5, 2, 6}));
    return 0;
}
