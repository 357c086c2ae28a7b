#include "registers/internal/known_ids.h"

#include <algorithm>

#include "registers/internal/row.h"
#include "registers/reading.h"

namespace duban::registers {

namespace {

/// Every entry has left a step, whatever its register.
constexpr store::Query kRegister{
    "registers.find_register_of",
    "select register from d_step where org = $1 and entry = $2 order by revision limit 1"
};

}  // namespace

bool KnownIds::tells(const core::Id& id) {
    const auto [place, is_new] = kept_.try_emplace(id, false);
    if (is_new) {
        place->second = is_of_directory(id) || is_of_readable_entry(id);
    }
    return place->second;
}

bool KnownIds::is_of_directory(const core::Id& id) const {
    const access::Directory& directory = *actor_.directory;
    return directory.find_person(id) != nullptr || directory.find_unit(id) != nullptr ||
           directory.find_post(id) != nullptr ||
           std::ranges::find(directory.divisions(), id, &access::Division::id) !=
               directory.divisions().end();
}

bool KnownIds::is_of_readable_entry(const core::Id& id) const {
    const store::Rows steps =
        reader_.query(kRegister, {store::value(actor_.org), store::value(id)});
    const Table* table = steps.empty() ? nullptr : adopted_.find_table(steps.front().text(0));
    if (table == nullptr) {
        return false;
    }
    const auto row = EntryRow::find(reader_, *table, actor_.org, id);
    return row && may_read(reader_, adopted_, actor_, *table->declared, row->facts());
}

}  // namespace duban::registers
