/* pkg-config: expat */
#include <string.h>
#include <expat.h>
#undef NDEBUG
#include <assert.h>

static char seen[200];

static void XMLCALL begin(void *data, const XML_Char *name, const XML_Char **attributes) {
    strcat(strcat(seen, "<"), name);
    for (; *attributes; attributes += 2)
        strcat(strcat(strcat(strcat(seen, " "), attributes[0]), "="), attributes[1]);
}
static void XMLCALL end(void *data, const XML_Char *name) { strcat(strcat(seen, "/"), name); }
static void XMLCALL text(void *data, const XML_Char *said, int length) { strncat(seen, said, (size_t)length); }

int main(void) {
    const char *latin = "<?xml version='1.0' encoding='iso-8859-1'?><a b='1&amp;2'>\xe9<c/></a>";
    XML_Parser parser = XML_ParserCreate(NULL);
    XML_SetElementHandler(parser, begin, end);
    XML_SetCharacterDataHandler(parser, text);
    assert(XML_Parse(parser, latin, 20, 0) == XML_STATUS_OK);
    assert(XML_Parse(parser, latin + 20, (int)strlen(latin) - 20, 1) == XML_STATUS_OK);
    assert(strcmp(seen, "<a b=1&2\xc3\xa9<c/c/a") == 0);
    assert(XML_ParserReset(parser, NULL));
    assert(XML_Parse(parser, "<a><b></a>", 10, 1) == XML_STATUS_ERROR);
    assert(XML_GetErrorCode(parser) == XML_ERROR_TAG_MISMATCH && XML_GetCurrentColumnNumber(parser) == 8);
    XML_ParserFree(parser);
    return 0;
}
