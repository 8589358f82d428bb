"""What is read from outputs of BLAS's and LAPACK's test programs."""

from __future__ import annotations

import pytest

from wasmwright.netlib.output import read_output

END = " End of tests\n Total time used =        28.18 seconds\n"


def test_counts_of_linear_equations():
    result = read_output(
        "stest",
        " SGE routines passed the tests of the error exits\n"
        " All tests for SGE routines passed the threshold (   3653 tests run)\n"
        " All tests for SGE drivers  passed the threshold (   5748 tests run)\n"
        " All tests for the RFP conversion routines passed (    72 tests run)\n" + END,
    )
    assert (result.tests, result.missed, result.exits) == (9473, 0, 1)
    assert result.ended
    assert result.troubles == ()


def test_missed_thresholds_are_counted_and_told():
    result = read_output(
        "sed",
        " N=   20, IWK= 1, seed=2570,2564,2644, 913, type 21, test( 5)= 0.839E+07\n"
        " SEV:   12 out of  1104 tests failed to pass the threshold\n"
        " *** Error code from SGEEV =    9\n" + END,
    )
    assert (result.tests, result.missed) == (1104, 12)
    assert result.troubles == (
        "SEV: 12 out of 1104 tests failed to pass the threshold",
        "*** Error code from SGEEV = 9",
    )


@pytest.mark.parametrize(
    "line",
    [
        " *** SGE routines failed the tests of the error exits ***",
        " ******* FATAL ERROR - PARAMETER NUMBER  7 WAS CHANGED INCORRECTLY *******",
        " ***** ILLEGAL VALUE OF PARAMETER NUMBER  1 NOT DETECTED BY DGEMV  *****",
        " ******* BUT WITH MAXIMUM TEST RATIO   20.00 - SUSPECT *******",
        "                                       FAIL",
        " Z - U*V test FAILED  3  time(s)",
        "RuntimeError: unreachable",
    ],
)
def test_troubles_are_told(line: str):
    assert read_output("program", f"{line}\n{END}").troubles == (" ".join(line.split()),)


def test_balancing_without_thresholds():
    text = (
        " value of largest test error            =    {}\n"
        " example number where ILO or IHI wrong  =    {}\n"
        " number of examples where info is not 0 =    0\n"
        " total number of examples tested        =   13\n" + END
    )
    good = read_output("dbal", text.format("0.100D+01", 0))
    assert (good.tests, good.troubles) == (13, ())
    assert read_output("dbal", text.format("0.131D+03", 0)).troubles == ("value of largest test error = 0.131D+03",)
    assert read_output("dbal", text.format("NaN", 0)).troubles == ("value of largest test error = NaN",)
    assert read_output("dbal", text.format("0.1D+01", 4)).troubles == ("example number where ILO or IHI wrong = 4",)


def test_calls_of_blas():
    result = read_output(
        "dblat2",
        " DGEMV  PASSED THE TESTS OF ERROR-EXITS\n\n"
        " DGEMV  PASSED THE COMPUTATIONAL TESTS (  3461 CALLS)\n"
        " END OF TESTS\n",
    )
    assert (result.tests, result.exits, result.ended) == (3461, 1, True)


def test_level_1_ends_when_all_subprograms_did():
    one = " Test of subprogram number  1             DDOT \n                                    ----- PASS -----\n"
    assert read_output("dblat1", one + one).tests == 2
    assert read_output("dblat1", one + one).ended
    assert not read_output("dblat1", one + " Test of subprogram number  2             DAXPY \n").ended


def test_a_program_that_stops_has_not_ended():
    assert not read_output("stest", " All tests for SGE routines passed the threshold (   3653 tests run)\n").ended
