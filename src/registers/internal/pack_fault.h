// A fault of a pack that this room finds; its sentences stand in locales alone.

#pragma once

#include <string>
#include <utility>

#include "declarations/reading.h"

namespace duban::registers {

[[nodiscard]] inline declarations::Fault pack_fault(
    const declarations::Place& place, std::string code, core::Params params
) {
    return {
        .place = place,
        .code = std::move(code),
        .text = {},
        .warning = false,
        .params = std::move(params)
    };
}

}  // namespace duban::registers
