// Values of fields as JSON, values of filters as text, and cursors: each becomes its normal form or
// a refusal; a normal form is its own, and comes back from its columns.
// Input: one byte for the field, one for the reader, then the text.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.h"
#include "core/json.h"
#include "core/problem.h"
#include "registers/internal/codec.h"
#include "registers/internal/list_query.h"

namespace {

using namespace duban;
using declarations::Field;
using declarations::FieldType;

/// One field of every type that a person fills.
std::vector<Field> fields() {
    std::vector<Field> out;
    for (const FieldType type :
         {FieldType::Text,
          FieldType::LongText,
          FieldType::Integer,
          FieldType::Decimal,
          FieldType::Money,
          FieldType::Boolean,
          FieldType::Date,
          FieldType::Moment,
          FieldType::Choice,
          FieldType::Person,
          FieldType::Link,
          FieldType::Links,
          FieldType::File}) {
        Field field;
        field.name = "value";
        field.type = type;
        field.scale = 2;
        field.choices = {{.code = "a", .title = {}}, {.code = "b", .title = {}}};
        out.push_back(field);
    }
    Field rows;
    rows.name = "value";
    rows.type = FieldType::Rows;
    rows.rows = {out[0], out[2], out[3]};
    rows.rows[1].name = "count";
    rows.rows[2].name = "area";
    out.push_back(rows);
    return out;
}

void read_value(const Field& field, std::string_view input) {
    const auto json = core::find_json(input);
    if (!json) {
        return;
    }
    std::vector<core::FieldError> errors;
    const core::Json normal = registers::codec::normalised(field, *json, "/fields/value", errors);
    if (!errors.empty()) {
        return;
    }
    const core::Json again = registers::codec::normalised(field, normal, "/fields/value", errors);
    core::check(errors.empty() && again == normal, "a normal form is its own");
    static_cast<void>(core::canonical_json(normal));
    if (!normal.is_array()) {
        std::vector<store::Value> row(registers::codec::width(field));
        registers::codec::store_scalar(field, normal, row, 0);
        const core::Json loaded =
            registers::codec::load_scalar(field, store::Row{std::move(row)}, 0);
        core::check(loaded == normal, "a value comes back from its columns");
    }
}

/// Pages of one list, in the order of `field` or of a column that every register has: what a client
/// wrote into the cursor can stand in that column, or is refused.
void read_cursor(const Field& field, std::string_view input) {
    const bool is_id = field.type == FieldType::Person || field.type == FieldType::Link;
    const registers::Order order{
        .column = "value", .field = field.type == FieldType::Text ? nullptr : &field
    };
    registers::ListRequest request;
    request.register_name = "measure";
    registers::Place place;
    const auto id = core::Id::parse(input.substr(0, core::Id{}.text().size()));
    if (id) {
        // Of our own writing, with the client's value.
        place.id = *id;
        place.value = is_id ? store::Value{id->bytes()}
                            : store::Value{std::string{input.substr(id->text().size())}};
        request.cursor = registers::write_cursor(place, request);
        core::check(
            registers::read_cursor(request, order).value == place.value, "a cursor comes back"
        );
    }
    request.cursor = input;
    place = registers::read_cursor(request, order);
    const auto* bytes = std::get_if<core::Bytes>(&place.value);
    core::check(bytes == nullptr || (is_id && bytes->data.size() == 16), "bytes are an id");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<Field> kFields = fields();
    if (size < 2) {
        return 0;
    }
    const Field& field = kFields[data[0] % kFields.size()];
    const std::string_view input{reinterpret_cast<const char*>(data + 2), size - 2};
    try {
        switch (data[1]) {
            case 'c': read_cursor(field, input); break;
            case 'f':
                static_cast<void>(registers::column_value(&field, "value", std::string{input}));
                break;
            default: read_value(field, input);
        }
    } catch (const core::Problem& problem) {
        core::check(!problem.code.empty(), "a refusal has its code");
    }
    return 0;
}
