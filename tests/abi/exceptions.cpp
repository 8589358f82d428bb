// Exceptions, types and strings from one side module to another.
#include <exception>
#include <memory>
#include <new>
#include <system_error>
#include <typeinfo>

#include "groups.hpp"

static const Thrower *thrower;

static void caught(std::ostream &out, Kind kind) {
  try {
    thrower->raise(kind);
    out << "nothing";
  } catch (const Coded &error) {
    out << "Coded " << error.what() << ' ' << error.code;
  } catch (const Plain &plain) {
    out << "Plain " << plain.value;
  } catch (const std::system_error &error) {
    out << "system_error " << error.what() << ' ' << error.code().value();
  } catch (const std::out_of_range &error) {
    out << "out_of_range " << error.what();
  } catch (const std::bad_alloc &error) {
    out << "bad_alloc " << error.what();
  } catch (const std::invalid_argument &error) {
    out << "invalid_argument " << error.what();
  } catch (const std::exception &error) {
    out << "exception " << typeid(error).name() << ' ' << error.what();
  } catch (int number) {
    out << "int " << number;
  } catch (const char *literal) {
    out << "literal " << literal;
  } catch (...) {
    out << "something";
  }
}

template <Kind kind>
static void thrown(std::ostream &out) {
  caught(out, kind);
}

static void throw_here(int number) { throw std::range_error("thrown here " + std::to_string(number)); }

static void through(std::ostream &out) {
  try {
    thrower->call(throw_here, 3);
  } catch (const std::range_error &error) {
    out << error.what() << ' ' << std::uncaught_exceptions();
  }
}

static void nested(std::ostream &out) {
  try {
    thrower->raise_nested(Kind::own);
  } catch (const std::exception &error) {
    out << error.what();
    try {
      std::rethrow_if_nested(error);
    } catch (const Coded &inner) {
      out << " of " << inner.what() << ' ' << inner.code;
    }
  }
}

static void kept(std::ostream &out) {
  std::exception_ptr kept;
  try {
    thrower->raise(Kind::index);
  } catch (...) {
    kept = std::current_exception();
  }
  try {
    std::rethrow_exception(kept);
  } catch (const std::out_of_range &error) {
    out << error.what();
  }
}

static void unwinding(std::ostream &out) {
  struct Told {
    std::ostream &out;
    ~Told() { out << "in flight " << std::uncaught_exceptions(); }
  };
  try {
    Told told{out};
    thrower->raise(Kind::number);
  } catch (int) {
    out << " then " << std::uncaught_exceptions();
  }
}

static void types(std::ostream &out) {
  const std::unique_ptr<Shape> owner(thrower->make());
  const Shape &shape = *owner;
  const auto *square = dynamic_cast<const Square *>(&shape);
  out << shape.corners() << (square ? " cast " : " not cast ") << typeid(shape).name();
  out << (typeid(shape) == typeid(Square) ? " same " : " other ") << (square ? square->text : "");
}

static void strings(std::ostream &out) {
  std::unique_ptr<std::string> small(thrower->text("small")), large(thrower->text("one that does not fit in itself"));
  large->append(100, 'x');
  large->insert(3, " and");
  out << *small << ' ' << small->size() << ' ' << *large << ' ' << large->capacity() << ' ' << sizeof(std::string);
}

std::vector<Group> exception_groups(const Thrower &offered) {
  thrower = &offered;
  return {
      {"thrown runtime_error", thrown<Kind::runtime>},
      {"thrown class of both", thrown<Kind::own>},
      {"thrown structure", thrown<Kind::plain>},
      {"thrown number", thrown<Kind::number>},
      {"thrown literal", thrown<Kind::literal>},
      {"thrown by vector::at", thrown<Kind::index>},
      {"thrown by map::at", thrown<Kind::key>},
      {"thrown bad_alloc", thrown<Kind::memory>},
      {"thrown system_error", thrown<Kind::system>},
      {"thrown by stoi", thrown<Kind::conversion>},
      {"thrown by substr", thrown<Kind::substring>},
      {"thrown through the other module", through},
      {"nested exceptions", nested},
      {"exception_ptr", kept},
      {"destructors while unwinding", unwinding},
      {"types of the other module", types},
      {"strings of the other module", strings},
  };
}
