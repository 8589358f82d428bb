"""XPath, XSLT, schemas, HTML, encodings and objects; results of the native package."""

from io import BytesIO

from lxml import etree, html, objectify

root = etree.fromstring("<r><a n='1'>x</a><a n='2'>ü</a></r>")
assert root.xpath("sum(//a/@n)") == 3.0
assert root.xpath("//a[@n=2]/text()") == ["ü"]
style = etree.XSLT(
    etree.XML(
        """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
        <xsl:template match="/"><o><xsl:for-each select="//a"><xsl:sort select="@n" order="descending"/>
        <b><xsl:value-of select="."/></b></xsl:for-each></o></xsl:template></xsl:stylesheet>"""
    )
)
assert etree.tostring(style(root).getroot(), encoding="unicode") == "<o><b>ü</b><b>x</b></o>"
grammar = """<element name="r" xmlns="http://relaxng.org/ns/structure/1.0"
  datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><zeroOrMore><element name="a">
  <attribute name="n"><data type="int"/></attribute><text/></element></zeroOrMore></element>"""
schema = etree.RelaxNG(etree.XML(grammar))
assert schema.validate(root)
assert not schema.validate(etree.fromstring("<r><a n='z'/></r>"))
xsd = etree.XMLSchema(
    etree.XML("""<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema"><s:element name="d" type="s:date"/></s:schema>""")
)
assert [xsd.validate(etree.fromstring(f"<d>{day}</d>")) for day in ("2024-02-29", "2023-02-29")] == [True, False]
page = html.fromstring("<p>a<br>b<a href='/x'>c</p>")
page.make_links_absolute("http://h/")
assert page.text_content() == "abc"
assert html.tostring(page) == b'<p>a<br>b<a href="http://h/x">c</a></p>'
assert objectify.fromstring("<r><v>3</v><v>4.5</v></r>").v[1] + 1 == 5.5
latin = "<?xml version='1.0' encoding='iso-8859-1'?><a>é</a>".encode("latin-1")
assert etree.fromstring(latin).text == "é"
assert [event for event, _ in etree.iterparse(BytesIO(b"<a><b/></a>"), ("start", "end"))] == [
    "start",
    "start",
    "end",
    "end",
]
canonical = etree.tostring(etree.fromstring("<a z='1' b='2'><!-- c --></a>"), method="c14n", with_comments=False)
assert canonical == b'<a b="2" z="1"></a>'
try:
    etree.fromstring("<a><b></a>")
except etree.XMLSyntaxError as error:
    assert error.position == (1, 11), error.position
else:
    raise AssertionError
print("lxml: libxml2", etree.LIBXML_VERSION, "libxslt", etree.LIBXSLT_VERSION)
