#include "access/internal/schema.h"

#include "access/internal/tables.h"
#include "crypto/digest.h"

namespace duban::access::internal {

namespace {

std::vector<std::string> account_ddl() {
    return {
        "create table d_account (org bigint not null, id uuid not null, revision bigint not null, "
        "person uuid not null, name text not null, password text not null, totp bytea, "
        "totp_confirmed boolean not null, totp_step bigint not null, language text not null, "
        "must_change boolean not null, locked boolean not null, primary key (org, id), "
        "foreign key (org, person) references d_person (org, id))",
        "create unique index d_account_name on d_account (org, name)",
        "create index d_account_person on d_account (org, person)",
        "create table d_session (org bigint not null, token bytea not null, "
        "account uuid not null, started_at_ms bigint not null, seen_at_ms bigint not null, "
        "second_factor_at_ms bigint not null, address text not null, primary key (org, token), "
        "foreign key (org, account) references d_account (org, id))",
        "create index d_session_account on d_session (org, account)",
        "create table d_token (org bigint not null, id uuid not null, account uuid not null, "
        "name text not null, token bytea not null, scope text not null, "
        "created_at_ms bigint not null, expires_at_ms bigint not null, revoked_at_ms bigint, "
        "primary key (org, id), foreign key (org, account) references d_account (org, id))",
        "create unique index d_token_token on d_token (org, token)",
        "create index d_token_account on d_token (org, account)",
        "create table d_attempt (org bigint not null, subject bytea not null, "
        "failures bigint not null, retry_at_ms bigint not null, changed_at_ms bigint not null, "
        "primary key (org, subject))",
        "create index d_attempt_changed on d_attempt (org, changed_at_ms)"
    };
}

std::vector<std::string> proposal_ddl() {
    return {
        "create table d_proposal (org bigint not null, id uuid not null, revision bigint not null, "
        "kind text not null, payload text not null, difference text not null, "
        "proposed_by uuid not null, proposed_at_ms bigint not null, state text not null, "
        "decided_by uuid, decided_at_ms bigint, reason text not null, primary key (org, id))",
        "create index d_proposal_state on d_proposal (org, state, proposed_at_ms)"
    };
}

}  // namespace

std::span<const store::Migration> migrations() {
    static const std::vector<store::Migration> steps{
        {.version = 1, .statements = directory_ddl()},
        {.version = 2, .statements = account_ddl()},
        {.version = 3, .statements = proposal_ddl()}
    };
    return steps;
}

std::string seed_for(const std::string& seed, std::size_t place) {
    return std::string{crypto::hmac_sha256(seed, std::to_string(place)).view()};
}

}  // namespace duban::access::internal
