"""A shortest path, a flow, ranks and a tree, as the native package gives them."""

import networkx

graph = networkx.DiGraph()
graph.add_weighted_edges_from([("a", "b", 3), ("b", "c", 4), ("a", "c", 9), ("c", "d", 2), ("b", "d", 8)])
assert networkx.shortest_path(graph, "a", "d", weight="weight") == ["a", "b", "c", "d"]
assert networkx.shortest_path_length(graph, "a", "d", weight="weight") == 9
assert networkx.maximum_flow_value(graph, "a", "d", capacity="weight") == 5
tree = networkx.minimum_spanning_tree(networkx.petersen_graph())
assert (tree.number_of_edges(), networkx.is_tree(tree)) == (9, True)
between = networkx.betweenness_centrality(networkx.path_graph(5))
assert [round(between[node], 9) for node in range(5)] == [0, 0.5, 0.666666667, 0.5, 0]
print("networkx: paths, flows, trees and ranks")
