/* pkg-config: raqm freetype2 */
#include <raqm.h>
#undef NDEBUG
#include <assert.h>

/* A font of bitmaps: each letter is 8 wide. */
#define LETTER(name, code) "STARTCHAR " name "\nENCODING " code "\nSWIDTH 800 0\nDWIDTH 8 0\nBBX 1 1 0 0\nBITMAP\n80\nENDCHAR\n"
static const char font_file[] =
    "STARTFONT 2.1\nFONT -a-b-medium-r-normal--10-100-72-72-c-80-iso10646-1\nSIZE 10 72 72\nFONTBOUNDINGBOX 8 10 0 -2\n"
    "STARTPROPERTIES 4\nFONT_ASCENT 8\nFONT_DESCENT 2\nCHARSET_REGISTRY \"ISO10646\"\nCHARSET_ENCODING \"1\"\n"
    "ENDPROPERTIES\nCHARS 4\n" LETTER("a", "97") LETTER("b", "98") LETTER("alef", "1488") LETTER("bet", "1489") "ENDFONT\n";

int main(void) {
    /* In order of reading: a, b, alef, bet, a. In order of places: Hebrew the other way round. */
    static const char text[] = "ab\xd7\x90\xd7\x91""a";
    static const unsigned codes[] = {97, 98, 1489, 1488, 97}, clusters[] = {0, 1, 4, 2, 6};
    FT_Library library;
    FT_Face face;
    assert(!FT_Init_FreeType(&library));
    assert(!FT_New_Memory_Face(library, (const FT_Byte *)font_file, sizeof font_file - 1, 0, &face));
    assert(!FT_Select_Size(face, 0));

    assert(RAQM_VERSION_ATLEAST(0, 10, 5) && raqm_version_atleast(0, 10, 5));
    raqm_t *layout = raqm_create();
    assert(layout && raqm_set_text_utf8(layout, text, sizeof text - 1));
    assert(raqm_set_freetype_face(layout, face));
    assert(raqm_set_par_direction(layout, RAQM_DIRECTION_DEFAULT) && raqm_set_language(layout, "he", 2, 4));
    assert(raqm_layout(layout));

    size_t count = 0;
    raqm_glyph_t *glyphs = raqm_get_glyphs(layout, &count);
    assert(count == 5);
    for (size_t at = 0; at < count; at++) {
        assert(glyphs[at].index == FT_Get_Char_Index(face, codes[at]) && glyphs[at].index != 0);
        assert(glyphs[at].cluster == clusters[at] && glyphs[at].x_advance == 8 * 64);
    }
    assert(raqm_get_par_resolved_direction(layout) == RAQM_DIRECTION_LTR);
    raqm_destroy(layout);
    FT_Done_Face(face);
    FT_Done_FreeType(library);
    return 0;
}
