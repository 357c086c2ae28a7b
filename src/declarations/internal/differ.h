// Collects the differences of two versions of a pack, each with its sentence in English.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "declarations/reading.h"

namespace duban::declarations {

/// What a difference does to the trust and to the data that are there.
enum class Effect { Neutral, Loosens, LosesData, Unmovable };

class Differ {
public:
    /// Everything added from now on concerns this register; empty: the pack itself.
    void enter(std::string register_name) { register_name_ = std::move(register_name); }
    void add(
        std::string path,
        std::string_view code,
        core::Params params,
        Effect effect = Effect::Neutral
    );
    [[nodiscard]] std::vector<Difference> take() { return std::move(differences_); }

private:
    std::string register_name_;
    std::vector<Difference> differences_;
};

/// The fields of a register, or of rows, from `before` to `after`.
void compare_fields(
    Differ& differ,
    const std::string& path,
    const std::vector<Field>& before,
    const std::vector<Field>& after
);
void compare_procedures(Differ& differ, const Register& before, const Register& after);

/// Lists of one kind, joined for a sentence; "–" when there is nothing.
[[nodiscard]] std::string listed(const std::vector<std::string>& items);
[[nodiscard]] std::string listed(const std::vector<Role>& roles);

/// The items of `before` that are not in `after`.
[[nodiscard]] std::vector<std::string> fallen(
    const std::vector<std::string>& before, const std::vector<std::string>& after
);

}  // namespace duban::declarations
