#include "registers/internal/tables.h"

namespace duban::registers::tables {

const std::vector<store::Migration>& migrations() {
    static const std::vector<store::Migration> kSteps = {
        {.version = 1,
         .statements =
             {
                 // Values of an org (E01): what it is called, how it counts.
                 "create table d_org (org bigint not null, name text not null, profile text not "
                 "null,"
                 " primary key (org))",
                 "create table d_parameter (org bigint not null, pack text not null, name text not "
                 "null,"
                 " value text not null, primary key (org, pack, name))",
                 // Structure of the installation (org 0) and what each org has been told of it.
                 "create table d_declaration (org bigint not null, digest text not null,"
                 " pack text not null, version text not null, bundle text not null,"
                 " adopted_no bigint not null, in_force boolean not null, primary key (org, "
                 "digest))",
                 "create table d_told (org bigint not null, pack text not null, digest text not "
                 "null,"
                 " primary key (org, pack))",
                 "create table d_loosening (org bigint not null, id uuid not null, register text,"
                 " path text not null, words text not null, on_day date not null,"
                 " position bigint not null, primary key (org, id))",
                 // One row a record of an entry: who took which step.
                 "create table d_step (org bigint not null, register text not null, entry uuid not "
                 "null,"
                 " revision bigint not null, action text not null, actor uuid not null,"
                 " state_before text not null, state_after text not null,"
                 " primary key (org, entry, revision))",
                 // Signatures of open and ended rounds. `round` is the revision at which it began.
                 "create table d_signature (org bigint not null, id uuid not null, register text "
                 "not null,"
                 " entry uuid not null, action text not null, rule bigint not null,"
                 " person uuid not null, post uuid not null, role text not null, kind text not "
                 "null,"
                 " signed_for uuid, delegation uuid, recorded_by uuid, compared_by uuid,"
                 " signed_on text, words text, scan text, at_ms bigint not null,"
                 " standing text not null, primary key (org, id))",
                 "create index d_signature_by_entry on d_signature (org, entry, action, standing)",
                 "create table d_deadline (org bigint not null, entry uuid not null, name text not "
                 "null,"
                 " register text not null, first_on date not null, due_on date not null,"
                 " provisional boolean not null, started_on date not null, paused_on date,"
                 " stopped_on date, holder text not null, primary key (org, entry, name))",
                 "create table d_counter (org bigint not null, register text not null,"
                 " unit uuid not null, state text not null, entries bigint not null,"
                 " primary key (org, register, unit, state))",
                 "create table d_number (org bigint not null, register text not null,"
                 " period text not null, last bigint not null, primary key (org, register, "
                 "period))",
                 // P08: a dated decision allows backfill; each backfilled entry waits for its
                 // checker.
                 "create table d_decision (org bigint not null, id uuid not null, title text not "
                 "null,"
                 " paper text not null, registers text not null, from_day date not null,"
                 " to_day date not null, recorder uuid not null, checker uuid not null,"
                 " decided_on date not null, primary key (org, id))",
                 "create table d_backfill (org bigint not null, entry uuid not null,"
                 " revision bigint not null, register text not null, decision uuid not null,"
                 " recorder uuid not null, checker uuid, claimed_on date not null, paper text,"
                 " primary key (org, entry, revision))",
                 "create table d_idempotency (org bigint not null, account uuid not null,"
                 " key text not null, request text not null, answer text not null,"
                 " at_ms bigint not null, primary key (org, account, key))",
                 "create index d_idempotency_by_time on d_idempotency (org, at_ms)",
                 "create table d_follower (org bigint not null, name text not null,"
                 " position bigint not null, primary key (org, name))",
             }},
        {.version = 2,
         .statements = {"alter table d_org add column version bigint not null default 0"}},
        // P11: whose time it was. What clocks before this version ran is not known and counts 0.
        {.version = 3,
         .statements =
             {"alter table d_deadline add column since_on date",
              "alter table d_deadline add column ran_days bigint not null default 0",
              "alter table d_deadline add column paused_days bigint not null default 0",
              "alter table d_deadline add column times bigint not null default 0"}},
        // E18: which days wait for a calendar. They are few.
        {.version = 4,
         .statements =
             {"create index d_deadline_provisional on d_deadline (org, entry) where provisional"}},
    };
    return kSteps;
}

}  // namespace duban::registers::tables
