// Idempotency: a request repeated with the same key gets the first answer (docs/formats/api.md).

#pragma once

#include <optional>

#include "access/access.h"
#include "registers/request.h"
#include "store/store.h"

namespace duban::registers {

/// The answer kept for the request's key; nullopt without a key or the first time. Refuses with
/// Problem{Rejected, "idempotency.key_reused"} when the key came with another request.
[[nodiscard]] std::optional<Applied> find_answer(
    store::Transaction& tx, const access::Actor& actor, const Request& request
);
void keep_answer(
    store::Transaction& tx,
    const access::Actor& actor,
    const Request& request,
    const Applied& applied,
    std::int64_t now_ms
);

}  // namespace duban::registers
