"""Whoever can write the database can compute hashes, too: the newest record, written anew with all that is derived from
it, so that leaf, tree and head fit each other (docs/formats/record.md). Only what was signed or is unlawful gives it away."""

import hashlib
import json
from collections.abc import Callable

from house import Copy


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def nodes_of(leaves: list[bytes]) -> dict[tuple[int, int], bytes]:
    """The complete nodes above the hashes of leaves, by level and index (RFC 6962)."""
    nodes = {(0, index): leaf for index, leaf in enumerate(leaves)}
    level, size = 0, len(leaves) // 2
    while size:
        for index in range(size):
            pair = nodes[level, 2 * index] + nodes[level, 2 * index + 1]
            nodes[level + 1, index] = hashlib.sha256(b"\x01" + pair).digest()
        level, size = level + 1, size // 2
    return nodes


def peaks_of(nodes: dict[tuple[int, int], bytes], size: int) -> bytes:
    """The roots of the complete trees that `size` leaves fall into, the largest first."""
    peaks, begin = b"", 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            peaks += nodes[level, begin >> level]
            begin += 1 << level
    return peaks


def rewrite_last(copy: Copy, change: Callable[[dict], None]) -> int:
    """Changes the members of the newest leaf; its position."""
    rows = [line.split("|") for line in copy.sql("select position, hex(hash) from d_record where org = 1 order by position;").splitlines()]
    place, leaves = int(rows[-1][0]), [bytes.fromhex(row[1]) for row in rows]
    peaks = f"select hex(peaks) from d_head where org = 1 and size = {len(leaves)};"
    if copy.sql(peaks) != peaks_of(nodes_of(leaves), len(leaves)).hex().upper():
        raise AssertionError("this is not how the program computes its tree")
    leaf = json.loads(copy.sql(f"select cast(leaf as text) from d_record where org = 1 and position = {place};"))
    change(leaf)
    text = json.dumps(leaf, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    leaves[place] = leaf_hash(text)
    nodes = nodes_of(leaves)
    statements = [f"update d_record set leaf = x'{text.hex()}', hash = x'{leaves[place].hex()}', action = '{leaf['action']}', "
                  f"revision = {leaf['revision']} where org = 1 and position = {place};",
                  f"update d_head set peaks = x'{peaks_of(nodes, len(leaves)).hex()}' where org = 1;"]
    statements += [f"update d_tree set hash = x'{node.hex()}' where org = 1 and level = {level} and idx = {index};"
                   for (level, index), node in nodes.items() if level and (index + 1) << level > place]
    copy.sql("begin;\n" + "\n".join(statements) + "\ncommit;")
    return place
