#include "app/pack_check.h"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "app/locales.h"
#include "app/offered_packs.h"
#include "core/scratch_folder.h"
#include "declarations/sample.h"
#include "registers/adoption.h"
#include "registers/samples.h"
#include "rules/rules.h"

namespace duban::app {

namespace {

namespace fs = std::filesystem;
using declarations::Fault;
using declarations::Model;
using declarations::Pack;

void print_fault(const Fault& fault, const std::string& language) {
    const std::string sentence = sentences().sentence(fault.code, fault.params, language);
    std::cout << fault.place.file << ":" << fault.place.line << ":" << fault.place.column << ": "
              << (fault.warning ? "warning: " : "")
              << (sentence == fault.code ? std::string{fault.text.in(language)} : sentence) << " ["
              << fault.code << "]\n";
}

bool has_pack(const std::vector<Pack>& packs, const std::string& name) {
    return std::ranges::find(packs, name, &Pack::name) != packs.end();
}

/// The packs beside `folder`.
std::vector<Pack> neighbours(const std::string& folder, const std::string& name) {
    std::vector<Pack> packs;
    const fs::path own = fs::canonical(folder);
    for (const auto& beside : fs::directory_iterator{own.parent_path()}) {
        if (!fs::exists(beside.path() / "pack.yaml") || fs::equivalent(beside.path(), own)) {
            continue;
        }
        auto loaded = declarations::read_pack(declarations::pack_files(beside.path().string()));
        if (loaded.pack && loaded.pack->name != name) {
            packs.push_back(*std::move(loaded.pack));
        }
    }
    return packs;
}

/// What `packs` need and have not beside them comes from the program, where it offers it.
void add_offered(std::vector<Pack>& packs) {
    for (std::size_t at = 0; at < packs.size(); ++at) {
        const std::vector<std::string> needs = packs[at].needs;
        for (const std::string& need : needs) {
            const auto files = offered_pack_files(need);
            if (!files.empty() && !has_pack(packs, need)) {
                packs.push_back(declarations::read_pack(files).pack.value());
            }
        }
    }
}

class PackCheck {
public:
    explicit PackCheck(std::string folder) : folder_{std::move(folder)} {}

    /// Further steps are taken only on what passed the ones before.
    std::vector<Fault> faults() {
        declarations::Loaded loaded = declarations::read_pack(declarations::pack_files(folder_));
        add(std::move(loaded.faults));
        if (!loaded.pack) {
            return std::move(faults_);
        }
        const std::string name = loaded.pack->name;
        std::vector<Pack> packs = neighbours(folder_, name);
        packs.push_back(*std::move(loaded.pack));
        add_offered(packs);
        const Model model{std::move(packs)};
        add(declarations::check_model(model));
        add(registers::unsupported_faults(*model.find_pack(name)));
        if (is_sound()) {
            add(rules::Rules{model, registers::readable_tables()}.faults());
        }
        if (is_sound()) {
            run_samples(model, name);
        }
        return std::move(faults_);
    }

private:
    void add(const std::vector<Fault>& faults) {
        faults_.insert(faults_.end(), faults.begin(), faults.end());
    }

    [[nodiscard]] bool is_sound() const {
        return std::ranges::all_of(faults_, [](const Fault& fault) { return fault.warning; });
    }

    void run_samples(const Model& model, const std::string& name) {
        std::vector<declarations::Sample> samples;
        for (const declarations::SourceFile& file : declarations::sample_files(folder_)) {
            declarations::LoadedSample loaded = declarations::read_sample(file, model, name);
            add(loaded.faults);
            if (loaded.sample) {
                samples.push_back(*std::move(loaded.sample));
            }
        }
        const core::ScratchFolder scratch{fs::temp_directory_path() / "duban-check-"};
        store::SqliteOptions options;
        options.path = (scratch.path() / "sample.sqlite").string();
        options.functions = rules::functions();
        const auto store = store::open_sqlite(options);
        add(registers::sample_faults(*store, model, name, samples));
    }

    std::string folder_;
    std::vector<Fault> faults_;
};

}  // namespace

int check_pack(const std::string& folder) {
    bool refused = false;
    for (const Fault& fault : PackCheck{folder}.faults()) {
        print_fault(fault, terminal_language());
        refused = refused || !fault.warning;
    }
    if (!refused) {
        std::cout << sentences().sentence("pack_sound", {{"folder", folder}}, terminal_language())
                  << "\n";
    }
    return refused ? 1 : 0;
}

}  // namespace duban::app
