// What the product wrote is taken out again and put back by plain grouped inserts: the same rows,
// with the record, its tree nodes and every index, on the same database.
//
//     bench_raw insert --db FILE --from POSITION --action open|apply_close --group 64
//
// All records from POSITION on are of that action of `measure`. Afterwards the database is as it
// was, so that `duban verify` is clean.

#include <chrono>
#include <iostream>

#include "raw/commands.h"
#include "raw/sqlite.h"

namespace duban::bench {

namespace {

/// What one action left behind.
struct Written {
    RawRow record;
    RawRow measure;
    RawRow step;
    std::vector<RawRow> nodes;
    std::vector<RawRow> deadlines;
    std::int64_t position = 0;
};

std::vector<std::string> columns_of(const Database& database, const std::string& table) {
    std::vector<std::string> names;
    Statement columns = database.prepare("select name from pragma_table_info('" + table + "')");
    while (columns.step()) {
        names.emplace_back(columns.bytes(0));
    }
    return names;
}

Statement insert_into(const Database& database, const std::string& table) {
    std::string places;
    for (std::size_t i = 0; i < columns_of(database, table).size(); ++i) {
        places += places.empty() ? "?" : ", ?";
    }
    return database.prepare("insert into " + table + " values (" + places + ")");
}

void bind_all(Statement& statement, const RawRow& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        statement.bind(static_cast<int>(i + 1), row[i]);
    }
}

RawRow only_row(Statement& statement) {
    if (!statement.step()) {
        throw std::runtime_error{"a row of the ledger is missing"};
    }
    RawRow row = statement.row();
    statement.reset();
    return row;
}

class Again {
public:
    Again(const std::string& path, std::int64_t from, bool opens)
        : database_{path, true}, from_{from}, opens_{opens} {
        database_.run("pragma wal_autocheckpoint = 1000");
        read();
    }

    [[nodiscard]] std::size_t size() const { return written_.size(); }

    /// The ledger as it stood before.
    void take_out() {
        database_.run("begin immediate");
        for (const Written& one : written_) {
            for (Statement* statement :
                 {&remove_step_, opens_ ? &remove_measure_ : &undo_measure_}) {
                statement->bind(1, one.record[3]);
                statement->run();
            }
            if (!opens_) {
                undo_deadlines(one);
            }
            count(one, -1);
        }
        const std::string from = std::to_string(from_);
        database_.run("delete from d_record where org = 1 and position >= " + from);
        database_.run("delete from d_tree where org = 1 and ((idx + 1) << level) > " + from);
        if (opens_) {
            database_.run(
                "update d_number set last = last - " + std::to_string(size()) +
                " where org = 1 and register = 'measure'"
            );
        }
        database_.run("commit; pragma wal_checkpoint(truncate)");
    }

    void put_back(std::size_t group) {
        for (std::size_t i = 0; i < written_.size(); ++i) {
            if (i % group == 0) {
                begin_.run();
            }
            put(written_[i]);
            if ((i + 1) % group == 0 || i + 1 == written_.size()) {
                commit_.run();
            }
        }
    }

private:
    void read() {
        Statement records = database_.prepare(
            "select * from d_record where org = 1 and position >= ?1 order by position"
        );
        records.bind(1, from_);
        while (records.step()) {
            written_.push_back(
                {.record = records.row(),
                 .measure = {},
                 .step = {},
                 .nodes = {},
                 .deadlines = {},
                 .position = records.integer(1)}
            );
        }
        Statement measure = database_.prepare("select * from measure where org = 1 and id = ?1");
        Statement step =
            database_.prepare("select * from d_step where org = 1 and entry = ?1 and revision = ?2"
            );
        Statement deadlines =
            database_.prepare("select * from d_deadline where org = 1 and entry = ?1 order by name"
            );
        for (Written& one : written_) {
            measure.bind(1, one.record[3]);
            one.measure = only_row(measure);
            step.bind(1, one.record[3]);
            step.bind(2, one.record[4]);
            one.step = only_row(step);
            deadlines.bind(1, one.record[3]);
            while (deadlines.step()) {
                one.deadlines.push_back(deadlines.row());
            }
            deadlines.reset();
        }
        read_nodes();
        Statement head =
            database_.prepare("select peaks, last_recorded_at from d_head where org = 1");
        head_ = only_row(head);
        Statement number =
            database_.prepare("select last from d_number where org = 1 and register = 'measure'");
        number.step();
        last_number_ = number.integer(0);
    }

    void read_nodes() {
        Statement nodes = database_.prepare(
            "select *, ((idx + 1) << level) - 1 from d_tree"
            " where org = 1 and ((idx + 1) << level) > ?1 order by level, idx"
        );
        nodes.bind(1, from_);
        while (nodes.step()) {
            RawRow row = nodes.row();
            row.pop_back();
            const auto place = static_cast<std::size_t>(nodes.integer(4) - from_);
            if (place < written_.size()) {
                written_[place].nodes.push_back(std::move(row));
            }
        }
    }

    void put(const Written& one) {
        if (opens_) {
            number_.bind(1, ++given_ + last_number_ - static_cast<std::int64_t>(size()));
            number_.run();
            run_row(insert_measure_, one.measure);
        } else {
            run_row(update_measure_, one.measure);
            for (const RawRow& deadline : one.deadlines) {
                // `finish` was there and is stopped, `review` begins.
                run_row(
                    &deadline == &one.deadlines.front() ? update_deadline_ : insert_deadline_,
                    deadline
                );
            }
        }
        run_row(insert_step_, one.step);
        run_row(insert_record_, one.record);
        for (const RawRow& node : one.nodes) {
            run_row(insert_node_, node);
        }
        update_head_.bind(1, one.position + 1);
        update_head_.bind(2, head_[0]);
        update_head_.bind(3, head_[1]);
        update_head_.run();
        count(one, 1);
    }

    static void run_row(Statement& statement, const RawRow& row) {
        bind_all(statement, row);
        statement.run();
    }

    void count(const Written& one, std::int64_t sign) {
        move_count(one, opens_ ? "draft" : "unit_review", sign);
        if (!opens_) {
            move_count(one, "in_progress", -sign);
        }
    }

    void move_count(const Written& one, std::string_view state, std::int64_t change) {
        counter_.bind(1, change);
        counter_.bind(2, one.measure[2]);
        counter_.bind(3, state);
        counter_.run();
    }

    void undo_deadlines(const Written& one) {
        remove_review_.bind(1, one.record[3]);
        remove_review_.run();
        undo_finish_.bind(1, one.record[3]);
        undo_finish_.run();
    }

    [[nodiscard]] Statement update_all(const std::string& table, std::size_t keys) const {
        std::string sets;
        std::string where;
        int place = 0;
        for (const std::string& name : columns_of(database_, table)) {
            const std::string equal = name + " = ?" + std::to_string(++place);
            if (static_cast<std::size_t>(place) <= keys) {
                where += (where.empty() ? "" : " and ") + equal;
            } else {
                sets += (sets.empty() ? "" : ", ") + equal;
            }
        }
        return database_.prepare("update " + table + " set " + sets + " where " + where);
    }

    Database database_;
    std::int64_t from_;
    bool opens_;
    std::vector<Written> written_;
    RawRow head_;
    std::int64_t last_number_ = 0;
    std::int64_t given_ = 0;

    Statement begin_ = database_.prepare("begin immediate");
    Statement commit_ = database_.prepare("commit");
    Statement insert_measure_ = insert_into(database_, "measure");
    Statement update_measure_ = update_all("measure", 2);
    Statement insert_step_ = insert_into(database_, "d_step");
    Statement insert_record_ = insert_into(database_, "d_record");
    Statement insert_node_ = insert_into(database_, "d_tree");
    Statement insert_deadline_ = insert_into(database_, "d_deadline");
    Statement update_deadline_ = update_all("d_deadline", 3);
    Statement update_head_ = database_.prepare(
        "update d_head set size = ?1, peaks = ?2, last_recorded_at = ?3 where org = 1"
    );
    Statement number_ =
        database_.prepare("update d_number set last = ?1 where org = 1 and register = 'measure'");
    Statement counter_ = database_.prepare(
        "update d_counter set entries = entries + ?1"
        " where org = 1 and register = 'measure' and unit = ?2 and state = ?3"
    );
    Statement remove_measure_ = database_.prepare("delete from measure where org = 1 and id = ?1");
    Statement undo_measure_ = database_.prepare(
        "update measure set state = 'in_progress', revision = revision - 1, result = null,"
        " due_on = finish_by where org = 1 and id = ?1"
    );
    Statement remove_step_ = database_.prepare(
        "delete from d_step where org = 1 and entry = ?1 and revision ="
        " (select max(revision) from d_step where org = 1 and entry = ?1)"
    );
    Statement remove_review_ =
        database_.prepare("delete from d_deadline where org = 1 and entry = ?1 and name = 'review'"
        );
    Statement undo_finish_ = database_.prepare(
        "update d_deadline set stopped_on = null where org = 1 and entry = ?1 and name = 'finish'"
    );
};

}  // namespace

int insert(const Options& options) {
    Again again{
        option(options, "--db", ""),
        std::stoll(option(options, "--from", "0")),
        option(options, "--action", "open") == "open"
    };
    again.take_out();
    const double cpu = cpu_seconds();
    const auto began = std::chrono::steady_clock::now();
    again.put_back(std::stoul(option(options, "--group", "64")));
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began;
    const double spent = cpu_seconds() - cpu;
    const auto count = static_cast<double>(again.size());
    std::cout << "{\"requests\":" << again.size() << ",\"seconds\":" << wall.count()
              << ",\"cpu_us\":" << spent * 1e6 / count << "}\n";
    return 0;
}

}  // namespace duban::bench
