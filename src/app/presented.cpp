#include "app/presented.h"

#include <filesystem>
#include <iostream>

#include <fcntl.h>
#include <unistd.h>

#include "app/house.h"
#include "app/locales.h"
#include "core/problem.h"
#include "registers/adoption.h"
#include "registers/restored.h"

namespace duban::app {

namespace {

using core::Problem;
using core::ProblemKind;

core::Params params_of(const journal::SignedHead& head, std::int64_t records) {
    return {
        {"size", std::to_string(head.size)},
        {"records", std::to_string(records)},
        {"lost", std::to_string(head.size - records)}
    };
}

void check_head(store::Reader& reader, const journal::SignedHead& head, registers::Report& report) {
    const journal::Standing standing = journal::standing_of(reader, kFirstOrg, head);
    if (standing == journal::Standing::Held) {
        return;
    }
    const std::int64_t records = journal::Journal{}.head(reader, kFirstOrg).size;
    core::Params params = params_of(head, records);
    if (const auto restored = registers::find_giving_up(reader, kFirstOrg, head)) {
        params["on"] = restored->on;
        params["position"] = std::to_string(restored->position);
        params["lost"] = std::to_string(restored->lost());
        report.add("checkpoint.given_up", std::move(params));
    } else if (standing == journal::Standing::Short) {
        report.add("checkpoint.records_lost", std::move(params));
    } else {
        report.add("checkpoint.forked", std::move(params));
    }
}

bool sync_file(const std::string& path) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): POSIX offers no other way
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    if (file >= 0) {
        ::close(file);
    }
    return synced;
}

/// The journal began as `head` says, or a restoring says that it no longer does.
void require_held(store::Reader& reader, const journal::SignedHead& head, const std::string& file) {
    const journal::Standing standing = journal::standing_of(reader, kFirstOrg, head);
    if (standing == journal::Standing::Held || registers::find_giving_up(reader, kFirstOrg, head)) {
        return;
    }
    const std::int64_t records = journal::Journal{}.head(reader, kFirstOrg).size;
    const bool is_short = standing == journal::Standing::Short;
    throw Problem{
        ProblemKind::Corrupt,
        is_short ? "serve.records_lost" : "serve.forked",
        {{"records", std::to_string(records)},
         {"size", std::to_string(head.size)},
         {"lost", std::to_string(head.size - records)},
         {"file", file}}
    };
}

}  // namespace

crypto::NoteVerifier log_verifier(const Settings& settings, const std::string& key) {
    if (key.empty()) {
        return load_signer(settings).verifier();
    }
    const auto verifier = crypto::NoteVerifier::parse(key);
    if (!verifier) {
        throw Problem{ProblemKind::Invalid, "key.malformed", {{"file", key}}};
    }
    return *verifier;
}

std::string log_origin(const Settings& settings) {
    return log_name(settings) + "/" + std::to_string(kFirstOrg.value);
}

std::vector<journal::SignedHead> presented_heads(
    const Settings& settings,
    const std::vector<std::string>& files,
    const std::string& key,
    registers::Report& report
) {
    std::vector<journal::SignedHead> heads;
    if (files.empty()) {
        return heads;
    }
    const crypto::NoteVerifier verifier = log_verifier(settings, key);
    for (const std::string& file : files) {
        std::int64_t place = 0;
        const std::vector<std::string> notes = journal::notes_in(read_file(file));
        if (notes.empty()) {
            report.add("checkpoint.malformed", {{"place", file}});
        }
        for (const std::string& note : notes) {
            ++place;
            try {
                heads.push_back(journal::open_signed_head(
                    note, verifier, log_origin(settings), file + ":" + std::to_string(place)
                ));
            } catch (const Problem& problem) {
                if (problem.kind != ProblemKind::Invalid) {
                    throw;
                }
                report.add(problem.code, problem.params);
            }
        }
    }
    return heads;
}

void check_presented(
    const Settings& settings,
    const std::vector<std::string>& files,
    const std::string& key,
    registers::Report& report
) {
    const auto heads = presented_heads(settings, files, key, report);
    if (heads.empty()) {
        return;
    }
    open_store_beside(settings)->read([&](store::Reader& reader) {
        for (const journal::SignedHead& head : heads) {
            try {
                check_head(reader, head, report);
            } catch (const Problem& problem) {
                report.add(problem.code, problem.params);  // the tree lacks what tells
            }
        }
    });
}

std::vector<journal::SignedHead> newest_signed(const Settings& settings, store::Reader& reader) {
    const journal::Checkpoints checkpoints{load_signer(settings), log_name(settings)};
    std::vector<journal::SignedHead> heads;
    if (const auto note = checkpoints.find_newest(reader, kFirstOrg)) {
        try {
            heads.push_back(journal::open_signed_head(
                *note,
                load_signer(settings).verifier(),
                checkpoints.origin(kFirstOrg),
                "d_checkpoint"
            ));
        } catch (const Problem&) {
            // What nobody signed binds nobody.
        }
    }
    return heads;
}

void print_faults(const registers::Report& report) {
    for (const registers::Fault& fault : report.faults) {
        core::Params params = fault.params;
        // With a pack's words in the reader's language.
        for (const auto& [name, texts] : fault.words) {
            params[name] = std::string{texts.in(terminal_language())};
        }
        std::cout << "✗ " << say(fault.code, params) << " [" << fault.code << "]\n";
    }
}

std::string kept_checkpoint_file(const Settings& settings) {
    return settings.keys + "/checkpoint";
}

void keep_checkpoint(const Settings& settings, const std::string& note) {
    const std::string file = kept_checkpoint_file(settings);
    const std::string partial = file + ".partial";
    write_file(partial, note, true);
    std::error_code error;
    // A power cut must not leave an empty one: it would keep the server from beginning.
    if (sync_file(partial)) {
        std::filesystem::rename(partial, file, error);
    }
    if (error || std::filesystem::exists(partial)) {
        throw Problem{ProblemKind::Unavailable, "file.not_writable", {{"file", file}}};
    }
}

std::vector<std::string> kept_checkpoint(const Settings& settings) {
    const std::string file = kept_checkpoint_file(settings);
    return std::filesystem::exists(file) ? std::vector{file} : std::vector<std::string>{};
}

void require_continued(const House& house, const Settings& settings) {
    const api::Services& services = house.services();
    services.store.read([&](store::Reader& reader) {
        for (const std::string& pack : registers::Adoption::altered_packs(reader)) {
            throw Problem{ProblemKind::Corrupt, "serve.declaration_altered", {{"pack", pack}}};
        }
        for (const journal::SignedHead& head : newest_signed(settings, reader)) {
            require_held(
                reader,
                head,
                settings.postgres.empty() ? settings.path(settings.database) : settings.schema
            );
        }
    });
    for (const std::string& file : kept_checkpoint(settings)) {
        registers::Report unread;
        const auto heads = presented_heads(settings, {file}, "", unread);
        if (heads.size() != 1) {
            throw Problem{ProblemKind::Corrupt, "serve.checkpoint_malformed", {{"file", file}}};
        }
        services.store.read([&](store::Reader& reader) {
            require_held(reader, heads.front(), file);
        });
    }
    // Last: what is signed is sent out.
    static_cast<void>(services.checkpoints.sign(services.store, kFirstOrg, house.clock().now()));
}

}  // namespace duban::app
