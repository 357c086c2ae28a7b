#include "disk.h"

#include <iterator>

namespace duban::crash {

namespace {

void carry_out(std::string& content, const Change& change) {
    if (change.new_size) {
        content.resize(*change.new_size, '\0');
        return;
    }
    if (content.size() < change.offset + change.bytes.size()) {
        content.resize(change.offset + change.bytes.size(), '\0');
    }
    content.replace(change.offset, change.bytes.size(), change.bytes);
}

std::size_t up_to(Random& random, std::size_t most) {
    return std::uniform_int_distribution<std::size_t>{0, most}(random);
}

/// What is found of `file`: nothing new, the first changes, or any of them, for a disk may write
/// in the order it likes; the last one perhaps only in part.
std::string survivor(const File& file, Random& random) {
    std::vector<Change> kept;
    switch (up_to(random, 2)) {
        case 0: break;
        case 1: {
            const auto count = static_cast<std::ptrdiff_t>(up_to(random, file.unsynced.size()));
            kept.assign(file.unsynced.begin(), file.unsynced.begin() + count);
            break;
        }
        default:
            for (const Change& change : file.unsynced) {
                if (up_to(random, 1) == 1) {
                    kept.push_back(change);
                }
            }
    }
    if (!kept.empty() && up_to(random, 1) == 1) {
        std::string& torn = kept.back().bytes;
        torn.resize(up_to(random, torn.size()));
    }
    std::string content = file.platter;
    for (const Change& change : kept) {
        carry_out(content, change);
    }
    return content;
}

}  // namespace

void Disk::arm(Fault fault) {
    const std::scoped_lock lock{mutex_};
    fault_ = fault;
    struck_ = false;
}

void Disk::disarm() {
    const std::scoped_lock lock{mutex_};
    fault_.reset();
}

void Disk::restart(Random& random) {
    const std::scoped_lock lock{mutex_};
    std::map<std::string, std::shared_ptr<File>> found;
    for (const auto& [name, file] : files_) {
        if (!file->named && up_to(random, 1) == 0) {
            continue;
        }
        auto after = std::make_shared<File>();
        after->platter = survivor(*file, random);
        after->now = after->platter;
        after->named = true;
        found.emplace(name, std::move(after));
    }
    files_ = std::move(found);
    fault_.reset();
    off_ = false;
}

bool Disk::is_off() {
    const std::scoped_lock lock{mutex_};
    return off_;
}

bool Disk::has_struck() {
    const std::scoped_lock lock{mutex_};
    return struck_;
}

/// Counts a call against the armed fault.
Outcome Disk::spend(bool is_sync) {
    if (off_) {
        return Outcome::Failed;
    }
    if (!fault_ || (fault_->kind == FaultKind::Fsync && !is_sync)) {
        return Outcome::Done;
    }
    if (fault_->after_calls > 0) {
        --fault_->after_calls;
        return Outcome::Done;
    }
    struck_ = fault_->kind != FaultKind::Full;
    switch (fault_->kind) {
        case FaultKind::PowerCut: off_ = true; return Outcome::Failed;
        case FaultKind::Fsync: fault_.reset(); return Outcome::Failed;
        case FaultKind::Full: return Outcome::Full;
    }
    return Outcome::Done;
}

std::shared_ptr<File> Disk::open(const std::string& name) {
    const std::scoped_lock lock{mutex_};
    if (off_) {
        return nullptr;
    }
    std::shared_ptr<File>& file = files_[name];
    if (!file) {
        file = std::make_shared<File>();
    }
    return file;
}

bool Disk::exists(const std::string& name) {
    const std::scoped_lock lock{mutex_};
    return files_.contains(name);
}

Outcome Disk::remove(const std::string& name) {
    const std::scoped_lock lock{mutex_};
    const Outcome outcome = spend(false);
    if (outcome == Outcome::Failed) {
        return outcome;
    }
    files_.erase(name);
    return Outcome::Done;
}

std::optional<std::size_t> Disk::read(const File& file, std::size_t offset, std::span<char> bytes) {
    const std::scoped_lock lock{mutex_};
    if (off_) {
        return std::nullopt;
    }
    if (offset >= file.now.size()) {
        return 0;
    }
    return file.now.copy(bytes.data(), bytes.size(), offset);
}

Outcome Disk::write(File& file, std::size_t offset, std::string_view bytes) {
    const std::scoped_lock lock{mutex_};
    const Outcome outcome = spend(false);
    const bool longer = offset + bytes.size() > file.now.size();
    if (outcome == Outcome::Failed || (outcome == Outcome::Full && longer)) {
        struck_ = true;
        return outcome;
    }
    file.unsynced.push_back({.offset = offset, .bytes = std::string{bytes}, .new_size = {}});
    carry_out(file.now, file.unsynced.back());
    return Outcome::Done;
}

Outcome Disk::truncate(File& file, std::size_t size) {
    const std::scoped_lock lock{mutex_};
    if (spend(false) == Outcome::Failed) {
        return Outcome::Failed;
    }
    file.unsynced.push_back({.offset = 0, .bytes = {}, .new_size = size});
    carry_out(file.now, file.unsynced.back());
    return Outcome::Done;
}

Outcome Disk::sync(File& file) {
    const std::scoped_lock lock{mutex_};
    if (spend(true) == Outcome::Failed) {
        if (!off_) {
            // The kernel marks the pages clean all the same: a second sync would succeed.
            file.unsynced.clear();
        }
        return Outcome::Failed;
    }
    file.platter = file.now;
    file.unsynced.clear();
    file.named = true;
    return Outcome::Done;
}

std::size_t Disk::size(const File& file) {
    const std::scoped_lock lock{mutex_};
    return file.now.size();
}

}  // namespace duban::crash
