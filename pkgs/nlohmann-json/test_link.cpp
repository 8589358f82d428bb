/* pkg-config: nlohmann_json */
// Its headers assert, and may not name their place in the store for it.
#undef NDEBUG
#include <cassert>

#include <nlohmann/json.hpp>

int main() {
    using nlohmann::json;
    const json read = json::parse(R"({"b": [1, 2.5, null, "\u00e9"], "a": {"c": true}})");
    assert(read.dump() == "{\"a\":{\"c\":true},\"b\":[1,2.5,null,\"\u00e9\"]}");
    assert(read.at("/b/1"_json_pointer).get<double>() == 2.5);
    assert(json::from_cbor(json::to_cbor(read)) == read);
    assert(read.patch(R"([{"op": "remove", "path": "/b"}])"_json).size() == 1);
    try {
        (void)json::parse("[1, 2");
        return 1;
    } catch (const json::parse_error &error) {
        assert(error.id == 101 && error.byte == 6);
    }
    return 0;
}
