/* pkg-config: sheenbidi */
#include <SheenBidi/SheenBidi.h>
#include <string.h>
#undef NDEBUG
#include <assert.h>

int main(void) {
    /* a, b, alef, bet, a in UTF-8: levels of bytes, and runs in the order of places. */
    static const char text[] = "ab\xd7\x90\xd7\x91""a";
    static const SBLevel levels[] = {0, 0, 1, 1, 1, 1, 0};
    SBCodepointSequence sequence = {SBStringEncodingUTF8, (void *)text, sizeof text - 1};
    SBAlgorithmRef algorithm = SBAlgorithmCreate(&sequence);
    SBParagraphRef paragraph = SBAlgorithmCreateParagraph(algorithm, 0, 1000, SBLevelDefaultLTR);
    assert(SBParagraphGetBaseLevel(paragraph) == 0 && SBParagraphGetLength(paragraph) == 7);
    assert(memcmp(SBParagraphGetLevelsPtr(paragraph), levels, sizeof levels) == 0);

    SBLineRef line = SBParagraphCreateLine(paragraph, 0, 7);
    const SBRun *runs = SBLineGetRunsPtr(line);
    assert(SBLineGetRunCount(line) == 3);
    assert(runs[1].offset == 2 && runs[1].length == 4 && runs[1].level == 1);
    assert(SBCodepointGetScript(0x5d0) == SBScriptHEBR && SBCodepointGetMirror('(') == ')');
    SBLineRelease(line);
    SBParagraphRelease(paragraph);
    SBAlgorithmRelease(algorithm);
    return 0;
}
