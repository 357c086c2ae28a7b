// What endpoints need of the house: references to rooms, built in `app`, alive as long as it.

#pragma once

#include <map>
#include <span>
#include <string>

#include "access/accounts.h"
#include "access/proposals.h"
#include "api/verifications.h"
#include "api/web.h"
#include "core/clock.h"
#include "core/guarded.h"
#include "files/files.h"
#include "http/events.h"
#include "http/metrics.h"
#include "http/problem_response.h"
#include "journal/journal.h"
#include "registers/adoption.h"
#include "registers/figures.h"
#include "registers/follower.h"
#include "registers/listing.h"
#include "registers/registers.h"
#include "search/search.h"

namespace duban::api {

/// What the house does beside answering and has stopped doing: its name, and the code of why.
using StoppedWork = core::Guarded<std::map<std::string, std::string>>;

struct Services {
    store::Store& store;
    const journal::Journal& journal;
    const journal::Checkpoints& checkpoints;
    access::Access& access;
    access::Accounts& accounts;
    access::Proposals& proposals;
    registers::Registers& registers;
    registers::Adoption& adoption;
    registers::SearchFollower& follower;
    const registers::Listing& listing;
    const registers::Figures& figures;
    files::Files& files;
    const search::Search& search;
    const http::Sentences& sentences;
    http::EventHub& events;
    http::Metrics& metrics;
    const core::Clock& clock;
    StoppedWork& stopped;
    Verifications& verifications;
    bool demo = false;                  ///< the pages say so (E30)
    std::span<const WebFile> web = {};  ///< empty: the plain page
};

}  // namespace duban::api
