#include "registers/samples.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "registers/internal/pack_fault.h"
#include "registers/internal/sample_ledger.h"

namespace duban::registers {

namespace {

using declarations::Control;
using declarations::Sample;
using declarations::SampleEntry;
using declarations::SampleFind;

bool are_equal(const std::vector<rules::Hit>& left, const std::vector<rules::Hit>& right) {
    return std::ranges::equal(left, right, [](const rules::Hit& a, const rules::Hit& b) {
        return std::tie(a.entry, a.reason, a.facts) == std::tie(b.entry, b.reason, b.facts);
    });
}

std::vector<rules::Hit> of_entry(const std::vector<rules::Hit>& hits, const core::Id& entry) {
    std::vector<rules::Hit> out;
    std::ranges::copy_if(hits, std::back_inserter(out), [&](const rules::Hit& hit) {
        return hit.entry == entry;
    });
    return out;
}

/// Looks at one sample by one control after the other.
class SampleLook {
public:
    SampleLook(
        store::Reader& reader,
        const rules::Rules& rules,
        core::OrgId org,
        const Sample& sample,
        std::vector<declarations::Fault>& faults
    )
        : reader_{reader},
          rules_{rules},
          sample_{sample},
          faults_{faults},
          scope_{.org = org, .entry = {}, .today = sample.today, .parameters = {}} {}

    /// Whether the control finds something.
    bool look(const Control& control) {
        const std::vector<rules::Hit> hits = rules_.run(reader_, control, scope_);
        compare_with_said(control, hits);
        if (control.scope == declarations::ControlScope::Entry) {
            compare_one_by_one(control, hits);
        }
        return !hits.empty();
    }

private:
    void fault(const declarations::Place& place, const char* code, core::Params params) {
        faults_.push_back(pack_fault(place, code, std::move(params)));
    }

    void compare_with_said(const Control& control, const std::vector<rules::Hit>& hits) {
        std::set<core::Id> found;
        for (const rules::Hit& hit : hits) {
            found.insert(hit.entry);
        }
        std::set<core::Id> said;
        for (const SampleFind& find : sample_.finds) {
            if (find.control->name != control.name) {
                continue;
            }
            said.insert(sample_id(find.entry));
            if (!found.contains(sample_id(find.entry))) {
                fault(
                    find.place,
                    "sample.not_found",
                    {{"control", control.name}, {"name", find.entry}}
                );
            }
        }
        for (const core::Id& id : found) {
            if (!said.contains(id)) {
                tell_unsaid(control, id);
            }
        }
    }

    void tell_unsaid(const Control& control, const core::Id& id) {
        const auto entry = std::ranges::find_if(sample_.entries, [&](const SampleEntry& one) {
            return sample_id(one.name) == id;
        });
        const bool is_here = entry != sample_.entries.end();
        fault(
            is_here ? entry->place : control.place,
            "sample.found",
            {{"control", control.name}, {"name", is_here ? entry->name : id.text()}}
        );
    }

    void compare_one_by_one(const Control& control, const std::vector<rules::Hit>& hits) {
        for (const SampleEntry& entry : sample_.entries) {
            if (entry.declared->name != control.register_name) {
                continue;
            }
            rules::Scope alone = scope_;
            alone.entry = sample_id(entry.name);
            if (!are_equal(
                    rules_.run(reader_, control, alone), of_entry(hits, sample_id(entry.name))
                )) {
                fault(
                    control.place,
                    "control.scope_differs",
                    {{"control", control.name}, {"name", entry.name}}
                );
                return;
            }
        }
    }

    store::Reader& reader_;
    const rules::Rules& rules_;
    const Sample& sample_;
    std::vector<declarations::Fault>& faults_;
    rules::Scope scope_;
};

std::vector<const Control*> looking(const declarations::Pack& pack) {
    std::vector<const Control*> controls;
    for (const Control& control : pack.controls) {
        if (control.kind != declarations::ControlKind::Figure) {
            controls.push_back(&control);
        }
    }
    return controls;
}

/// False, with faults, when the sample could not be written.
bool write(
    store::Store& store,
    const Adopted& adopted,
    core::OrgId org,
    const Sample& sample,
    std::vector<declarations::Fault>& faults
) {
    std::vector<declarations::Fault> met;
    store.write(org, [&](store::Transaction& tx) {
        met.clear();
        const int year = sample.today.year();
        rules::write_calendar(tx, org, calendar::WorkCalendar{}, year - 1, year + 1);
        write_sample(tx, adopted, org, sample, met);
    });
    std::ranges::move(met, std::back_inserter(faults));
    return met.empty();
}

declarations::Fault unshown(const std::string& names) {
    return {
        .place = {.file = "pack.yaml", .line = 1, .column = 1},
        .code = "pack.controls_unshown",
        .text = {},
        .warning = true,
        .params = {{"names", names}}
    };
}

}  // namespace

std::vector<declarations::Fault> sample_faults(
    store::Store& store,
    const declarations::Model& model,
    std::string_view pack,
    std::span<const Sample> samples
) {
    const Adopted adopted{model, {}, 0};
    rules::migrate(store);
    store.write(core::OrgId{1}, [&](store::Transaction& tx) { create_sample_tables(tx, adopted); });
    const declarations::Pack& own = *model.find_pack(pack);
    std::vector<declarations::Fault> faults;
    std::set<const Control*> blind;
    std::ranges::copy(looking(own), std::inserter(blind, blind.end()));
    core::OrgId org;
    for (const Sample& sample : samples) {
        ++org.value;
        if (!write(store, adopted, org, sample, faults)) {
            continue;
        }
        store.read([&](store::Reader& reader) {
            SampleLook look{reader, adopted.rules(), org, sample, faults};
            for (const Control* control : looking(own)) {
                if (look.look(*control)) {
                    blind.erase(control);
                }
            }
        });
    }
    std::string names;
    for (const Control* control : looking(own)) {
        if (blind.contains(control)) {
            names += (names.empty() ? "" : ", ") + control->name;
        }
    }
    if (!names.empty()) {
        faults.push_back(unshown(names));
    }
    return faults;
}

}  // namespace duban::registers
