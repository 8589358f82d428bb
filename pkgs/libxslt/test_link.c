/* pkg-config: libxslt libexslt */
#include <string.h>
#include <libexslt/exslt.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>
#undef NDEBUG
#include <assert.h>

static const char style[] =
    "<x:stylesheet version='1.0' xmlns:x='http://www.w3.org/1999/XSL/Transform' xmlns:m='http://exslt.org/math'"
    " extension-element-prefixes='m'><x:output method='text'/><x:template match='/'>"
    "<x:for-each select='//a'><x:sort select='@n' data-type='number' order='descending'/>"
    "<x:value-of select='.'/>;</x:for-each><x:value-of select='m:max(//@n)'/></x:template></x:stylesheet>";
static const char text[] = "<r><a n='9'>x</a><a n='10'>y</a><a n='8'>z</a></r>";

int main(void) {
    xmlChar *result = NULL;
    int length = 0;
    exsltRegisterAll();
    xsltStylesheetPtr sheet = xsltParseStylesheetDoc(xmlReadMemory(style, sizeof style - 1, NULL, NULL, 0));
    xmlDocPtr document = xmlReadMemory(text, sizeof text - 1, NULL, NULL, 0);
    xmlDocPtr made = xsltApplyStylesheet(sheet, document, NULL);
    assert(made && xsltSaveResultToString(&result, &length, made, sheet) == 0);
    assert(length == 8 && memcmp(result, "y;x;z;10", 8) == 0);
    xmlFree(result);
    xmlFreeDoc(made);
    xmlFreeDoc(document);
    xsltFreeStylesheet(sheet);
    return 0;
}
