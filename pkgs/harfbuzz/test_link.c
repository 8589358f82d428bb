/* pkg-config: harfbuzz freetype2 */
#include <hb-ft.h>
#include <hb.h>
#undef NDEBUG
#include <assert.h>

/* A font of bitmaps: each letter is 8 wide, the accented one and the accent too. */
#define LETTER(name, code) "STARTCHAR " name "\nENCODING " code "\nSWIDTH 800 0\nDWIDTH 8 0\nBBX 1 1 0 0\nBITMAP\n80\nENDCHAR\n"
static const char font_file[] =
    "STARTFONT 2.1\nFONT -a-b-medium-r-normal--10-100-72-72-c-80-iso10646-1\nSIZE 10 72 72\nFONTBOUNDINGBOX 8 10 0 -2\n"
    "STARTPROPERTIES 4\nFONT_ASCENT 8\nFONT_DESCENT 2\nCHARSET_REGISTRY \"ISO10646\"\nCHARSET_ENCODING \"1\"\n"
    "ENDPROPERTIES\nCHARS 4\n" LETTER("e", "101") LETTER("eacute", "233") LETTER("alef", "1488") LETTER("bet", "1489") "ENDFONT\n";

static void shape(hb_font_t *font, const char *text, hb_buffer_t *buffer) {
    hb_buffer_reset(buffer);
    hb_buffer_add_utf8(buffer, text, -1, 0, -1);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(font, buffer, NULL, 0);
}

int main(void) {
    FT_Library library;
    FT_Face face;
    assert(!FT_Init_FreeType(&library));
    assert(!FT_New_Memory_Face(library, (const FT_Byte *)font_file, sizeof font_file - 1, 0, &face));
    assert(!FT_Select_Size(face, 0));
    hb_font_t *font = hb_ft_font_create_referenced(face);
    hb_buffer_t *buffer = hb_buffer_create();
    unsigned count;

    /* A letter and an accent become the one that has both. */
    shape(font, "e\xcc\x81", buffer);
    hb_glyph_info_t *glyphs = hb_buffer_get_glyph_infos(buffer, &count);
    hb_glyph_position_t *places = hb_buffer_get_glyph_positions(buffer, &count);
    assert(count == 1 && glyphs[0].codepoint == FT_Get_Char_Index(face, 233) && glyphs[0].codepoint != 0);
    assert(places[0].x_advance == 8 * 64);
    assert(hb_buffer_get_script(buffer) == HB_SCRIPT_LATIN);

    /* Hebrew is laid out from the right. */
    shape(font, "\xd7\x90\xd7\x91", buffer);
    glyphs = hb_buffer_get_glyph_infos(buffer, &count);
    assert(count == 2 && hb_buffer_get_direction(buffer) == HB_DIRECTION_RTL);
    assert(glyphs[0].codepoint == FT_Get_Char_Index(face, 1489) && glyphs[0].cluster == 2);
    assert(glyphs[1].codepoint == FT_Get_Char_Index(face, 1488) && glyphs[1].cluster == 0);

    hb_buffer_destroy(buffer);
    hb_font_destroy(font);
    FT_Done_Face(face);
    FT_Done_FreeType(library);
    return 0;
}
