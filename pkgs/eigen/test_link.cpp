/* pkg-config: eigen3 */
#include <cmath>
#include <Eigen/Dense>
#include <Eigen/Sparse>
#undef NDEBUG
#include <cassert>

int main() {
    Eigen::Matrix3d symmetric;
    symmetric << 2, -1, 0, -1, 2, -1, 0, -1, 2;
    const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(symmetric);
    assert((solver.eigenvalues() - Eigen::Vector3d(2 - std::sqrt(2.0), 2, 2 + std::sqrt(2.0))).norm() < 1e-14);
    assert(std::abs(symmetric.determinant() - 4) < 1e-14);
    const Eigen::Vector3d solved = symmetric.ldlt().solve(Eigen::Vector3d(1, 0, 1));
    assert((solved - Eigen::Vector3d(1, 1, 1)).norm() < 1e-14);
    Eigen::SparseMatrix<double> sparse = symmetric.sparseView();
    const Eigen::SimplicialLLT<Eigen::SparseMatrix<double>> cholesky(sparse);
    assert(sparse.nonZeros() == 7);
    assert((cholesky.solve(Eigen::VectorXd::Ones(3)) - Eigen::Vector3d(1.5, 2, 1.5)).norm() < 1e-14);
    return 0;
}
