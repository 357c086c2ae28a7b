// One caller's walk through the outlets: each is asked for all there is, what comes is compared
// with what the declared readers let the caller read, and every answer is searched for the marks of
// what they do not.
//
//     Walk walk{world(), caller, dossiers.all()};
//     walk.list();

#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "dossiers.h"
#include "readers.h"
#include "world.h"

namespace duban::scenarios {

/// Somebody who asks.
struct Caller {
    std::string name;
    core::Id person;   ///< nil: nobody is signed in
    bool here = true;  ///< of this org, with an account in force
};

/// The id of no entry.
inline constexpr const char* kNobodysId = "01932f6e-0c4a-7cc1-a3c1-6d1f2f3d9a10";

class Walk {
public:
    Walk(World& world, Caller caller, std::vector<Secret> secrets);

    void registers();
    void declaration();
    void counts();
    void list();
    void entry();
    void history();
    void certificate();
    void links();
    void file();
    void search();
    void upload();
    void open();
    void act();
    void sheet();
    void read_sheet();
    void figures();
    void controls();
    void desk();
    void statements();
    /// An answer that is of no entry: it is read for secrets all the same.
    void plain(const std::string& path) { ask({.path = path}); }

    /// Everything that the caller may read.
    [[nodiscard]] std::set<std::string> readable() const;
    [[nodiscard]] bool reads(const Secret& one) const {
        return caller_.here &&
               (readers_.stand(caller_.person, roles_of(one.register_name), one.lying) ||
                reads_through(one));
    }

private:
    [[nodiscard]] const declarations::Register& declared(const std::string& name) const {
        return *adopted_->table(name).declared;
    }
    [[nodiscard]] std::vector<declarations::Role> roles_of(const std::string& name) const {
        return Readers::of(declared(name));
    }
    [[nodiscard]] bool opens(const declarations::Register& one) const {
        const auto* action = one.procedure.find_action("open");
        return caller_.here && !action->reached_by_acts &&
               readers_.stand_anywhere(caller_.person, action->by);
    }
    [[nodiscard]] bool reads_somewhere(const declarations::Register& one) const {
        return caller_.here &&
               (readers_.stand_anywhere(caller_.person, Readers::of(one)) ||
                std::ranges::any_of(one.read_through, [&](const auto& way) {
                    return readers_.stand_anywhere(caller_.person, roles_of(way.register_name));
                }));
    }
    /// By an entry that names it, in a register that it is read through.
    [[nodiscard]] bool reads_through(const Secret& one) const;
    [[nodiscard]] std::set<std::string> readable(const std::string& register_name) const;
    void note(const std::string& mark, bool shown) {
        if (!mark.empty()) {
            bool& known = marks_[mark];
            known = known || shown;
        }
    }
    Reply ask(const Call& call);
    void look(const Reply& reply, const std::string& path);
    void expect_facts_known(const Reply& reply, const std::string& name);
    void expect_hidden(const std::string& path, const std::string& nobodys);
    void each(
        const std::string& part, const std::function<void(const Secret&, const Reply&)>& shown
    );
    void list_view(const declarations::Register& one, const declarations::View& view);
    std::set<std::string> pages_of(
        const std::string& path, const std::string& query, std::int64_t& total
    );

    World& world_;
    Caller caller_;
    std::vector<Secret> secrets_;
    std::shared_ptr<const access::Directory> directory_;
    Readers readers_;
    std::shared_ptr<const registers::Adopted> adopted_;
    std::map<std::string, bool> marks_;  ///< mark → may be shown
    std::set<std::string> named_;        ///< ids that readable entries name
};

}  // namespace duban::scenarios
