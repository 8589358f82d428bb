"""Alignments, clusters, neighbours, motifs and files; values of the native package."""

import io

import numpy as np
from Bio import Align, Cluster, Phylo, SeqIO, motifs
from Bio.Align import substitution_matrices
from Bio.PDB.kdtrees import KDTree
from Bio.Seq import Seq

aligner = Align.PairwiseAligner(mode="global", match_score=2, mismatch_score=-1, gap_score=-2)
found = aligner.align("GATTACA", "GATACA")
assert (len(found), found.score) == (2, 10), (len(found), found.score)
proteins = Align.PairwiseAligner(substitution_matrix=substitution_matrices.load("BLOSUM62"), mode="local")
proteins.open_gap_score, proteins.extend_gap_score = -11, -1
assert proteins.score("MKTAYIAKQRQISFVKSHFSRQ", "MKTAYIQRQISFVKHFSRQL") == 73
assert str(Seq("ATGGCCATTGTAATG").translate()) == "MAIVM"
records = list(SeqIO.parse(io.StringIO(">a\nACGT\n>b x\nAC\n"), "fasta"))
assert [(record.id, len(record)) for record in records] == [("a", 4), ("b", 2)]

points = np.array([[0, 0], [0.1, 0], [5, 5], [5, 5.2], [0, 0.2]])
tree = Cluster.treecluster(points, method="m", dist="e")
nodes = [(tree[place].left, tree[place].right) for place in range(4)]
assert nodes == [(1, 0), (3, 2), (4, -1), (-2, -3)], nodes
assert np.isclose(tree[3].distance, 26.02), tree[3].distance
labels, error, _ = Cluster.kcluster(points, nclusters=2, npass=10)
assert labels[0] == labels[1] == labels[4] != labels[2] == labels[3]
assert np.isclose(error, 0.026666666666666693), error
space = np.random.default_rng(3).random((200, 3)) * 10
near = KDTree(space, 10).search(np.array([5.0, 5, 5]), 1.5)
assert sorted(point.index for point in near) == np.flatnonzero(np.linalg.norm(space - 5, axis=1) < 1.5).tolist()

motif = motifs.create([Seq("TACAA"), Seq("TACGC"), Seq("TACAC")])
assert motif.consensus == "TACAC"
scores = motif.counts.normalize(pseudocounts=0.5).log_odds().calculate(Seq("GTACAACG"))
assert np.allclose(scores, [-5.0246778, 5.719315, -1.9657843, -3.8022857], rtol=1e-5), scores
newick = Phylo.read(io.StringIO("((a:1,b:2):0.5,c:3);"), "newick")
assert newick.distance("a", "c") == 4.5
print("biopython: aligns, clusters, searches")
