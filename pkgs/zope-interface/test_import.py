"""Interfaces in C are the ones that are used; order of resolution, adapters, and what does not fit."""

from zope.interface import Attribute, Interface, adapter, implementedBy, implementer, invariant, providedBy, ro
from zope.interface import _zope_interface_coptimizations as compiled
from zope.interface import interface as plain
from zope.interface.exceptions import BrokenImplementation, Invalid
from zope.interface.verify import verifyObject

assert plain.SpecificationBase is compiled.SpecificationBase
assert issubclass(adapter.AdapterLookup, compiled.LookupBase)


class IShape(Interface):
    area = Attribute("its area")

    def grow(by):
        """Make it larger."""

    @invariant
    def positive(self):
        if self.area < 0:
            raise Invalid(self.area)


class IRound(IShape):
    pass


@implementer(IRound)
class Circle:
    area = 3

    def grow(self, by):
        return by


class IText(Interface):
    pass


circle = Circle()
assert IShape.providedBy(circle)
assert IRound in implementedBy(Circle)
assert list(providedBy(circle).__iro__) == [IRound, IShape, Interface]
assert ro.ro(IRound) == [IRound, IShape, Interface]
assert verifyObject(IRound, circle)
registry = adapter.AdapterRegistry()
registry.register([IShape], IText, "", "text of a shape")
assert registry.lookup1(providedBy(circle), IText) == "text of a shape"
registry.register([IRound], IText, "", "text of what is round")
assert registry.lookup1(providedBy(circle), IText) == "text of what is round"
assert IText(circle, "none") == "none"
circle.area = -1
try:
    IShape.validateInvariants(circle)
except Invalid:
    pass
else:
    raise AssertionError


@implementer(IShape)
class Square:
    pass


try:
    verifyObject(IShape, Square())
except (BrokenImplementation, Invalid):
    pass
else:
    raise AssertionError
print("zope-interface: compiled, and fits")
