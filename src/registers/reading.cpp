#include "registers/reading.h"

#include <algorithm>

#include "core/check.h"
#include "registers/internal/codec.h"
#include "registers/internal/reading_conditions.h"

namespace duban::registers {

namespace {

using declarations::ReadThrough;
using declarations::Register;

/// The ids that entries which somebody reads by his roles name in a field: `column` of `from`.
struct NamedThrough {
    std::string column;
    std::string from;  ///< tables and conditions
};

std::string any_unit(
    Conditions& conditions, const std::string& column, const access::Reach& reach
) {
    if (reach.units.size() == 1) {
        return column + " = " + conditions.bind(store::value(reach.units.front()));
    }
    std::string places;
    for (const core::Id& unit : reach.units) {
        places += (places.empty() ? "" : ", ") + conditions.bind(store::value(unit));
    }
    return column + " in (" + places + ")";
}

std::string either(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) {
        out += (out.empty() ? "" : " or ") + part;
    }
    return parts.size() > 1 ? "(" + out + ")" : out;
}

/// By his roles alone, over the register that names; empty for all of it.
std::string reach_of_naming(
    Conditions& conditions, const access::Actor& actor, const access::Reach& reach
) {
    std::vector<std::string> parts;
    if (!reach.all && !reach.units.empty()) {
        parts.push_back(any_unit(conditions, "naming.unit", reach));  // not a code
    }
    if (!reach.all && reach.own) {
        parts.push_back("naming.opened_by = " + conditions.bind(store::value(actor.person)));
    }
    return parts.empty() ? std::string{} : " and " + either(parts);
}

std::optional<NamedThrough> named_through(
    Conditions& conditions,
    const Adopted& adopted,
    const access::Actor& actor,
    const ReadThrough& way
) {
    const Table& table = adopted.table(way.register_name);
    const access::Reach reach = access::reach(actor, table.declared->readers());
    if (reach.none()) {
        return std::nullopt;
    }
    const std::string readable = reach_of_naming(conditions, actor, reach);
    if (const ChildTable* list = table.find_child(way.field)) {
        return NamedThrough{
            .column = "list.target",  // not a code
            .from = list->name + " as list join " + way.register_name +
                    " as naming on naming.org = list.org and naming.id = list.entry"
                    " where list.org = $1" +
                    readable
        };
    }
    const declarations::Field* field = table.declared->find_field(way.field);
    core::check(field != nullptr, "a way to read was checked with its pack");
    return NamedThrough{
        .column = "naming." + codec::first_column(*field),
        .from = way.register_name + " as naming where naming.org = $1" + readable
    };
}

}  // namespace

std::string beside_units(
    Conditions& conditions,
    const Adopted& adopted,
    const access::Actor& actor,
    const Register& declared
) {
    std::vector<std::string> parts;
    if (access::reach(actor, declared.readers()).own) {
        parts.push_back("opened_by = " + conditions.bind(store::value(actor.person)));
    }
    for (const ReadThrough& way : declared.read_through) {
        if (const auto named = named_through(conditions, adopted, actor, way)) {
            parts.push_back("id in (select " + named->column + " from " + named->from + ")");
        }
    }
    return either(parts);
}

bool add_readable(
    Conditions& conditions,
    const Adopted& adopted,
    const access::Actor& actor,
    const Register& declared
) {
    const access::Reach reach = access::reach(actor, declared.readers());
    if (reach.all) {
        return true;
    }
    std::vector<std::string> parts;
    if (!reach.units.empty()) {
        parts.push_back(any_unit(conditions, "unit", reach));
    }
    if (std::string beside = beside_units(conditions, adopted, actor, declared); !beside.empty()) {
        parts.push_back(std::move(beside));
    }
    if (!parts.empty()) {
        conditions.add(either(parts));
    }
    return !parts.empty();
}

bool may_read(
    store::Reader& reader,
    const Adopted& adopted,
    const access::Actor& actor,
    const Register& declared,
    const access::EntryFacts& facts
) {
    if (access::may(actor, declared.readers(), facts)) {
        return true;
    }
    return std::ranges::any_of(declared.read_through, [&](const ReadThrough& way) {
        Conditions conditions{actor.org};
        const auto named = named_through(conditions, adopted, actor, way);
        if (!named) {
            return false;
        }
        const std::string sql = "select 1 from " + named->from + " and " + named->column + " = " +
                                conditions.bind(store::value(facts.entry)) + " limit 1";
        return !reader.query({"registers.find_naming", sql}, conditions.values()).empty();
    });
}

bool reads_any(const Adopted& adopted, const access::Actor& actor, const Register& declared) {
    return !access::reach(actor, declared.readers()).none() ||
           std::ranges::any_of(declared.read_through, [&](const ReadThrough& way) {
               const auto readers = adopted.table(way.register_name).declared->readers();
               return !access::reach(actor, readers).none();
           });
}

}  // namespace duban::registers
