"""A shortest path, a flow, ranks and a tree, as the native package gives them."""

import networkx as nx

graph = nx.DiGraph()
graph.add_weighted_edges_from([("a", "b", 3), ("b", "c", 4), ("a", "c", 9), ("c", "d", 2), ("b", "d", 8)])
assert nx.shortest_path(graph, "a", "d", weight="weight") == ["a", "b", "c", "d"]
assert nx.shortest_path_length(graph, "a", "d", weight="weight") == 9
assert nx.maximum_flow_value(graph, "a", "d", capacity="weight") == 5
tree = nx.minimum_spanning_tree(nx.petersen_graph())
assert (tree.number_of_edges(), nx.is_tree(tree)) == (9, True)
between = nx.betweenness_centrality(nx.path_graph(5))
assert [round(between[node], 9) for node in range(5)] == [0, 0.5, 0.666666667, 0.5, 0]
print("networkx: paths, flows, trees and ranks")
