"""Shortest ways, centrality, matching and isomorphism as the native package gives them, with matrices of NumPy."""

import numpy as np
import rustworkx as rx

graph = rx.PyGraph()
graph.add_nodes_from(["a", "b", "c", "d", "e"])
graph.add_edges_from([(0, 1, 4.0), (0, 2, 1.0), (2, 1, 2.0), (1, 3, 5.0)])
assert dict(rx.dijkstra_shortest_path_lengths(graph, 0, float)) == {1: 3.0, 2: 1.0, 3: 8.0}
assert list(rx.dijkstra_shortest_paths(graph, 0, 3, weight_fn=float)[3]) == [0, 2, 1, 3]
assert sorted(map(sorted, rx.connected_components(graph))) == [[0, 1, 2, 3], [4]]
assert sorted(edge[2] for edge in rx.minimum_spanning_edges(graph, float)) == [1.0, 2.0, 5.0]
matrix = rx.adjacency_matrix(graph, float)
assert matrix.dtype == np.float64
assert matrix.sum() == 24.0
assert np.array_equal(matrix, matrix.T)
centrality = rx.betweenness_centrality(rx.generators.star_graph(5), normalized=True)
assert [centrality[node] for node in range(5)] == [1.0, 0.0, 0.0, 0.0, 0.0]
ranks = rx.pagerank(rx.generators.directed_cycle_graph(4))
assert all(abs(ranks[node] - 0.25) < 1e-6 for node in range(4))
order = rx.PyDAG()
order.extend_from_edge_list([(0, 1), (0, 2), (1, 3), (2, 3)])
assert rx.topological_sort(order)[0] == 0
assert rx.dag_longest_path_length(order) == 2
assert rx.is_isomorphic(rx.generators.cycle_graph(6), rx.generators.cycle_graph(6))
assert not rx.is_isomorphic(rx.generators.cycle_graph(6), rx.generators.path_graph(6))
try:
    order.check_cycle = True
    order.add_edge(3, 0, None)
except rx.DAGWouldCycle:
    pass
else:
    raise AssertionError
print("rustworkx: graphs as native")
