/* pkg-config: libxml-2.0 */
#include <string.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#undef NDEBUG
#include <assert.h>

static int first;

static void remember(void *data, const xmlError *error) {
    if (first == 0)
        first = error->code;
}

int main(void) {
    const char *text = "<?xml version='1.0' encoding='iso-8859-1'?><r><a n='1'>x</a><a n='2'>\xe9</a></r>";
    xmlDocPtr document = xmlReadMemory(text, (int)strlen(text), NULL, NULL, 0);
    xmlXPathContextPtr context = xmlXPathNewContext(document);
    xmlXPathObjectPtr sum = xmlXPathEval((const xmlChar *)"sum(//a/@n)", context);
    assert(sum->floatval == 3);
    xmlXPathObjectPtr found = xmlXPathEval((const xmlChar *)"string(//a[@n=2])", context);
    assert(strcmp((const char *)found->stringval, "\xc3\xa9") == 0);
    xmlXPathFreeObject(sum);
    xmlXPathFreeObject(found);
    xmlXPathFreeContext(context);
    xmlFreeDoc(document);
    xmlSetStructuredErrorFunc(NULL, remember);
    assert(xmlReadMemory("<a><b></a>", 10, NULL, NULL, 0) == NULL);
    assert(first == XML_ERR_TAG_NAME_MISMATCH);
    return 0;
}
