"""A dumb twin of the model of membership: plain Python sets, one method an event.

Written from the rules (docs/semantics.md, wsfc.md), not from the formulas. It counts votes one by
one, keeps who reaches whom as pairs, and knows only the real rules. A step that the rules refuse
is None.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import assert_never

from quorate.cluster import (
    Cluster,
    DiskOnly,
    NodeAndCloudMajority,
    NodeAndDiskMajority,
    NodeAndFileShareMajority,
    NodeMajority,
    WindowsVersion,
    WitnessKind,
)
from quorate.windows.membership.assumptions import Assumptions, CommittedBy
from quorate.windows.membership.verbs import Verb

Nodes = frozenset[str]
NOBODY: Nodes = frozenset()


@dataclass(frozen=True)
class Plain:
    """A situation. `islands` and `forced` have one place for each island that may run at once;
    `links` are pairs; `isolated` were isolated, where that is counted; `spent` says how many faults
    of each limited kind have happened; `authoritative` have what was forced last, or all while
    nobody was forced; `prevented` may join and not form."""

    up: Nodes
    links: frozenset[Nodes]
    islands: tuple[Nodes, ...]
    forced: tuple[bool, ...]
    current: Nodes
    witness_up: bool
    paths: Nodes
    holder: str | None
    witness_current: bool
    isolated: Nodes
    spent: tuple[tuple[str, int], ...]
    authoritative: Nodes = NOBODY
    prevented: Nodes = NOBODY

    @property
    def running(self) -> Nodes:
        return NOBODY.union(*self.islands)

    def linked(self, one: str, other: str) -> bool:
        return one == other or frozenset((one, other)) in self.links


@dataclass(frozen=True)
class PlainMembership:
    cluster: Cluster
    assumptions: Assumptions

    # What the cluster is.

    @property
    def everyone(self) -> Nodes:
        return frozenset(self.cluster.node_names)

    @property
    def cabled(self) -> Nodes:
        return frozenset(self.cluster.witness.reached_by) if self.cluster.witness else NOBODY

    @property
    def is_share(self) -> bool:
        """It is reached over the network and remembers a tag (wsfc.md 1.4)."""
        match self.cluster.witness.kind if self.cluster.witness else None:
            case WitnessKind.FILE_SHARE | WitnessKind.CLOUD:
                return True
            case WitnessKind.DISK | None:
                return False
            case other:
                assert_never(other)

    @property
    def only_disk(self) -> bool:
        """Rule Q3."""
        match self.cluster.rule:
            case DiskOnly():
                return True
            case (
                NodeMajority()
                | NodeAndDiskMajority()
                | NodeAndFileShareMajority()
                | NodeAndCloudMajority()
            ):
                return False
            case other:
                assert_never(other)

    @property
    def is_resilient(self) -> bool:
        """Rule Q18: from 2012 R2 on."""
        return self.cluster.version not in {
            WindowsVersion.WINDOWS_2008,
            WindowsVersion.WINDOWS_2008_R2,
            WindowsVersion.WINDOWS_2012,
        }

    def ends_force(self, members: Nodes, has_witness: bool) -> bool:
        """Rule Q16: a normal majority ends the forced state."""
        return self.quorum(members, has_witness)

    def quorum(self, members: Nodes, has_witness: bool) -> bool:
        """Rules Q1, Q2, Q3: more than half of all configured votes, the witness's included."""
        mine = everybodys = 0
        for node in self.cluster.nodes:
            for _ in range(0 if self.only_disk else node.votes):
                everybodys += 1
                mine += 1 if node.name in members else 0
        if self.cluster.witness:
            everybodys += 1
            mine += 1 if has_witness else 0
        return bool(members) and mine + mine > everybodys

    def may_belong(self, connected: Nodes) -> Nodes:
        """Rule Q3: "a node not in contact with that disk cannot join"."""
        return connected if self.only_disk else self.everyone

    def first(self, holder: str | None) -> Plain:
        """Everything runs in one island; `holder` has the witness."""
        places = self.assumptions.clusters
        budgets = self.assumptions.budgets
        return Plain(
            up=self.everyone,
            links=pairs(self.everyone),
            islands=(self.may_belong(self.cabled), *[NOBODY] * (places - 1)),
            forced=(False,) * places,
            current=self.everyone,
            witness_up=self.cluster.witness is not None,
            paths=self.cabled,
            holder=holder,
            witness_current=self.cluster.witness is not None,
            isolated=NOBODY,
            spent=tuple((kind, 0) for kind, budget in budgets.items() if budget),
            authoritative=self.everyone,
        )

    def events(self) -> set[tuple[Verb, str]]:
        """What can ever happen under the assumptions, and what it is about."""
        assumed, witness = self.assumptions, self.cluster.witness
        found = {verb for verb, kind in FAULTS.items() if assumed.budgets[kind] != 0}
        if assumed.repairs:
            found |= {Verb.RESTART, Verb.HEAL, Verb.WITNESS_RETURN, Verb.PATH_RETURN}
        if assumed.restarts:
            found |= {Verb.FORM, Verb.JOIN}
        found |= {Verb.TAKE_WITNESS}
        if assumed.commits:
            # Where all store a change at once nobody is left behind.
            at_once = assumed.committed_by is CommittedBy.ALL
            found |= {Verb.COMMIT} if at_once else {Verb.COMMIT, Verb.CATCH_UP}
        if assumed.force:
            found |= {Verb.FORCE, Verb.GIVE_WAY} if self.is_resilient else {Verb.FORCE}
        if len(self.cluster.nodes) == 1:
            found -= {Verb.PARTITION, Verb.ISOLATION, Verb.LINK_FAILURE, Verb.HEAL}
        if witness is None:
            found -= {Verb.WITNESS_FAILURE, Verb.PATH_FAILURE, Verb.WITNESS_RETURN}
            found -= {Verb.PATH_RETURN, Verb.TAKE_WITNESS}
        sites = [site.name for site in self.cluster.sites]
        return {
            (verb, about)
            for verb in found
            for about in (sites if verb is Verb.SITE_FAILURE else [""])
        }

    # What fails.

    def crash(self, now: Plain, node: str | None, winner: str | None = None) -> Plain | None:
        if node is None or node not in now.up:
            return None
        then = self._spend(now, "crash", up=now.up - {node})
        return self._regroup(now, then, {node}, [self.everyone], winner)

    def planned_stop(self, now: Plain, node: str | None, winner: str | None = None) -> Plain | None:
        """Rule Q9. The rest counts the witness if it has it or could get it from the node."""
        if node is None or node not in now.running:
            return None
        (island,) = (island for island in now.islands if node in island)
        rest = island - {node}
        elsewhere = now.holder is not None and now.holder not in island
        could_have = now.witness_up and bool(rest & now.paths) and not elsewhere
        if not self.quorum(rest, could_have) or self._lack_a_change(now, rest):
            return None
        then = self._spend(now, "planned_stop", up=now.up - {node})
        return self._regroup(now, then, {node}, [self.everyone], winner)

    def _lack_a_change(self, now: Plain, rest: Nodes) -> bool:
        """Where the share's tag is looked at, they would stop for want of what only the node that
        leaves has."""
        assumed = self.assumptions
        reads = self.is_share and assumed.witness_is_read and assumed.stop_asks_for_changes
        return reads and (assumed.commits or assumed.force) and not rest & now.current

    def power_failure(self, now: Plain) -> Plain | None:
        if not now.up:
            return None
        return self._spend(
            now,
            "power",
            up=NOBODY,
            islands=(NOBODY,) * len(now.islands),
            forced=(False,) * len(now.islands),
            holder=None,
        )

    def site_failure(self, now: Plain, site: str, winner: str | None = None) -> Plain | None:
        lost = {node.name for node in self.cluster.nodes if node.site == site}
        witness = self.cluster.witness
        takes_witness = witness is not None and witness.site == site
        if not lost & now.up and not (takes_witness and now.witness_up):
            return None
        witness_up = now.witness_up and not takes_witness
        then = self._spend(now, "site", up=now.up - lost, witness_up=witness_up)
        touched = lost | ({now.holder} if takes_witness and now.holder else set())
        return self._regroup(now, then, touched, [self.everyone], winner)

    def partition(
        self, now: Plain, side: Nodes, share: str = "both sides", winner: str | None = None
    ) -> Plain | None:
        """A disk has cables of its own; a file share is reached over the network that is cut."""
        other = self.everyone - side
        if not side or not other:
            return None
        paths = now.paths
        if self.is_share:
            kept = {"both sides": self.everyone, "the side cut off": side, "the other side": other}
            paths = paths & kept[share]
        cut = {frozenset((one, two)) for one in side for two in other}
        then = self._spend(now, "partition", links=now.links - cut, paths=paths)
        lets_go = {now.holder} if now.holder is not None and now.holder not in paths else set()
        return self._regroup(now, then, side | lets_go, [side, other], winner)

    def isolation(
        self, now: Plain, node: str | None, cloud: str = "lost", winner: str | None = None
    ) -> Plain | None:
        """The internet may be there for a node that reaches no other."""
        if node is None or node not in now.up:
            return None
        paths = now.paths - {node} if self.is_share and cloud == "lost" else now.paths
        links = frozenset(link for link in now.links if node not in link)
        alone = frozenset((node,))
        counted = "isolation" in dict(now.spent)
        isolated = now.isolated | alone if counted else NOBODY
        then = self._spend(now, "isolation", links=links, paths=paths, isolated=isolated)
        return self._regroup(now, then, alone, [alone, self.everyone - alone], winner)

    def link_failure(
        self, now: Plain, node: str | None, peer: str | None, winner: str | None = None
    ) -> Plain | None:
        """Rule M2: of two members of an island that lose each other, one is dropped: `node`."""
        if node is None or peer is None or node == peer or not now.linked(node, peer):
            return None
        then = self._spend(now, "link", links=now.links - {frozenset((node, peer))})
        together = any({node, peer} <= island for island in now.islands)
        alone = frozenset((node,))
        touched = alone if together else NOBODY
        return self._regroup(now, then, touched, [alone, self.everyone - alone], winner)

    def witness_failure(self, now: Plain, winner: str | None = None) -> Plain | None:
        if not now.witness_up:
            return None
        then = self._spend(now, "witness", witness_up=False)
        return self._regroup(now, then, holder_of(now), [self.everyone], winner)

    def path_failure(self, now: Plain, node: str | None, winner: str | None = None) -> Plain | None:
        if node is None or node not in now.paths:
            return None
        then = self._spend(now, "path", paths=now.paths - {node})
        return self._regroup(now, then, holder_of(now) & {node}, [self.everyone], winner)

    # What comes back.

    def restart(self, now: Plain, side: Nodes) -> Plain | None:
        """Rule Q8: it listens, with the replica that it had."""
        if not side or side & now.up:
            return None
        kept = now.prevented if self.assumptions.prevents else now.prevented - side
        return replace(now, up=now.up | side, prevented=kept)

    def heal(self, now: Plain, side: Nodes) -> Plain | None:
        if pairs(side) <= now.links:
            return None
        return replace(now, links=now.links | pairs(side))

    def witness_return(self, now: Plain) -> Plain | None:
        return None if now.witness_up else replace(now, witness_up=True)

    def path_return(self, now: Plain, side: Nodes) -> Plain | None:
        if not side or not side <= self.cabled or side & now.paths:
            return None
        return replace(now, paths=now.paths | side)

    # What the cluster does, and what the operator does to it.

    def form(self, now: Plain, side: Nodes, winner: str | None = None) -> Plain | None:
        """Rules Q1, Q5, Q6."""
        if not side <= self.may_belong(now.paths if now.witness_up else NOBODY):
            return None
        if not side or not side <= now.up or NOBODY not in now.islands:
            return None
        if side & now.prevented:
            return None  # rule Q17
        if any(now.linked(node, runs) for node in side for runs in now.running):
            return None  # join comes first
        if not pairs(side) <= now.links:
            return None
        free = now.witness_up and now.holder is None
        if not wins(winner, side & now.paths if free else NOBODY):
            return None
        newest = bool(side & now.current)
        if winner is not None and now.witness_current and not newest:
            if self.is_share:
                return None  # only the tag is there, and it is newer
            newest = True  # the disk's copy is read
        if not self.quorum(side, winner is not None):
            return None
        return replace(
            self._with_island(now, side, forced=False),
            current=now.current | side if newest else now.current,
            authoritative=now.authoritative | side
            if newest or side & now.authoritative
            else now.authoritative,
            holder=winner if winner is not None else now.holder,
            witness_current=newest if winner is not None else now.witness_current,
        )

    def join(self, now: Plain, node: str | None, island: int) -> Plain | None:
        """Rules Q4, Q6, M2: it reaches every member and is given their configuration."""
        members = now.islands[island]
        if node is None or node not in now.up or node in now.running or not members:
            return None
        if not all(now.linked(node, member) for member in members):
            return None
        if node not in self.may_belong(now.paths if now.witness_up else NOBODY):
            return None
        given = bool(members & now.current)
        more = members | {node}
        return replace(
            self._regained(now, island, more, now.holder in more),
            islands=put(now.islands, island, more),
            current=now.current | {node} if given else now.current - {node},
            authoritative=now.authoritative | {node}
            if members & now.authoritative
            else now.authoritative - {node},
            prevented=now.prevented - {node},
        )

    def take_witness(self, now: Plain, node: str | None) -> Plain | None:
        if node is None or node not in now.running & now.paths:
            return None
        if not now.witness_up or now.holder is not None:
            return None
        (place,) = (i for i, island in enumerate(now.islands) if node in island)
        island = now.islands[place]
        then = self._regained(now, place, island, True)
        then = replace(then, holder=node, witness_current=node in now.current)
        return self._having_read(now, then, [island])

    def commit(self, now: Plain, island: int, side: Nodes) -> Plain | None:
        """wsfc.md 1.4: "the update commits once a majority accepts". The witness accepts with the
        node that holds it."""
        members, has_witness = now.islands[island], now.holder in side
        if not side or not side <= members:
            return None
        if self.assumptions.committed_by is CommittedBy.ALL and side != members:
            return None
        if not (self.quorum(side, has_witness) or now.forced[island]):
            return None
        return self._stored(now, members, side, has_witness)

    def _stored(self, now: Plain, members: Nodes, side: Nodes, has_witness: bool) -> Plain:
        """They have a new version, and the witness with one of them. It is the latest, unless they
        were overruled by force: what is forced is newer than whatever others do (rule Q15)."""
        if self.assumptions.force and not members & now.current:
            return replace(now, witness_current=now.witness_current and not has_witness)
        return replace(now, current=side, witness_current=has_witness)

    def catch_up(self, now: Plain, node: str | None) -> Plain | None:
        """A member that has not got the newest configuration is given it by one that has."""
        if node is None or node not in now.running or node in now.current:
            return None
        (island,) = (island for island in now.islands if node in island)
        if not island & now.current:
            return None
        written = now.witness_current or now.holder == node
        return replace(now, current=now.current | {node}, witness_current=written)

    def force(self, now: Plain, node: str | None) -> Plain | None:
        """Rules Q15, Q16: regardless of votes, and its replica outranks all."""
        if node is None or node not in now.up or node in now.running:
            return None
        if any(now.linked(node, runs) for runs in now.running):
            return None
        if NOBODY not in now.islands or (self.assumptions.prevents and now.running):
            return None
        alone = frozenset((node,))
        then = self._with_island(now, alone, forced=not self.ends_force(alone, False))
        others = self.everyone if self.assumptions.prevents else now.prevented
        return replace(
            then,
            current=alone,
            witness_current=False,
            authoritative=alone,
            prevented=others - alone,
        )

    def give_way(self, now: Plain, island: int) -> Plain | None:
        """Rule Q18: it was overruled, sees who runs on what was forced, and restarts."""
        members = now.islands[island]
        forced = now.running & now.authoritative
        sees = any(now.linked(one, other) for one in members for other in forced)
        if not members or members & now.authoritative or not sees:
            return None
        return replace(
            now,
            islands=put(now.islands, island, NOBODY),
            forced=put(now.forced, island, False),
            holder=None if now.holder in members else now.holder,
            prevented=now.prevented | members,
        )

    def step(self, now: Plain, verb: Verb, about: str = "", **choices: object) -> Plain | None:
        """The event that is called so here, with _ for a space."""
        if self._refuses_faults(now, verb):
            return None
        if about:
            choices["site"] = about
        then: Plain | None = getattr(self, verb.value.replace(" ", "_"))(now, **choices)
        return then

    def _refuses_faults(self, now: Plain, verb: Verb) -> bool:
        kind = FAULTS.get(verb)
        if kind is None:
            return False
        assumed, spent = self.assumptions, dict(now.spent)
        budget = assumed.budgets[kind]
        if budget is not None:
            if spent[kind] >= budget:
                return True
            so_far = sum(spent.values())
            if assumed.at_most is not None:
                reached = now.running - now.isolated
                if so_far >= assumed.at_most or not reached:
                    return True
            if assumed.in_order and not self._is_next(spent, kind):
                return True
        if verb is Verb.PLANNED_STOP and budget is None:
            return False
        unsettled = now.witness_up and now.holder is None and bool(now.running & now.paths)
        return assumed.settled and unsettled

    def _is_next(self, spent: dict[str, int], kind: str) -> bool:
        """What happened so far is a beginning of the order, and `kind` comes after it."""
        order, so_far = self.assumptions.in_order, sum(spent.values())
        begun = sorted(order[:so_far])
        happened = sorted(name for name, count in spent.items() for _ in range(count))
        return begun == happened and order[so_far : so_far + 1] == (kind,)

    def _spend(self, now: Plain, kind: str, **changes: object) -> Plain:
        spent = tuple((name, count + (name == kind)) for name, count in now.spent)
        return replace(now, spent=spent, **changes)  # type: ignore[arg-type]

    def _regroup(
        self,
        now: Plain,
        then: Plain,
        touched: Iterable[str],
        sides: list[Nodes],
        winner: str | None,
    ) -> Plain | None:
        """The one island that is touched falls into `sides` in the world of `then`; rules Q1, Q2,
        Q7 for each. None where two islands are touched, or `winner` cannot be who arbitration
        finds, or there is no room for one island more."""
        hit = [place for place, island in enumerate(now.islands) if island & frozenset(touched)]
        if len(hit) > 1:
            return None
        island = now.islands[hit[0]] if hit else NOBODY
        alive = island & then.up
        parts = [alive & side for side in sides]
        if not wins(winner, self._contenders(now, then, parts)):
            return None
        islands, forced = now.islands, now.forced
        places = [*hit, *(place for place, island in enumerate(islands) if not island)]
        if hit:
            islands, forced = put(islands, hit[0], NOBODY), put(forced, hit[0], False)
        for part in parts:
            quorate = self.quorum(part, winner in part)
            goes_on = quorate and not (winner in part and self._tag_is_newer(now, part))
            if not part or not (goes_on or now.forced[hit[0]]):
                continue  # rule Q7: it stops
            if not places:
                return None
            place = places.pop(0)
            islands = put(islands, place, part)
            ends = self.ends_force(part, winner in part)
            forced = put(forced, place, now.forced[hit[0]] and not ends)
        holder = winner if winner in NOBODY.union(*islands) else None
        writes = holder in now.current if holder is not None else now.witness_current
        then = replace(then, islands=islands, forced=forced, holder=holder, witness_current=writes)
        return self._having_read(now, then, parts)

    def _tag_is_newer(self, now: Plain, members: Nodes) -> bool:
        """A share's tag stands for a configuration that none of them has, and they look at it."""
        newer = now.witness_current and not members & now.current
        return self.is_share and self.assumptions.witness_is_read and newer

    def _having_read(self, now: Plain, then: Plain, parts: list[Nodes]) -> Plain:
        """Who has the witness now looked at what it remembers, and is given that: by the disk, or
        by another member of his part that has it. It is not overwritten with what is older."""
        if not self.assumptions.witness_is_read or not now.witness_current:
            return then
        then = replace(then, witness_current=True)
        (part,) = [part for part in parts if then.holder in part] or [NOBODY]
        if not part or (self.is_share and not part & now.current):
            return then
        return replace(
            then,
            current=then.current | holder_of(then),
            authoritative=then.authoritative | part,
        )

    def _contenders(self, now: Plain, then: Plain, parts: list[Nodes]) -> Nodes:
        """Rule Q2: the holder keeps the witness while he is alive and connected. But a part that
        would have no quorum even with it leaves it to one that would."""
        if not then.witness_up:
            return NOBODY
        hopeless = NOBODY.union(*(part for part in parts if not self.quorum(part, True)))
        keeps = (holder_of(now) & then.up & then.paths) - hopeless
        connected = NOBODY.union(*parts) & then.paths
        return keeps or connected - hopeless or connected

    def _with_island(self, now: Plain, members: Nodes, *, forced: bool) -> Plain:
        place = now.islands.index(NOBODY)
        return replace(
            now,
            islands=put(now.islands, place, members),
            forced=put(now.forced, place, forced),
        )

    def _regained(self, now: Plain, place: int, members: Nodes, has_witness: bool) -> Plain:
        """Rule Q16: a normal majority ends the forced state."""
        still = now.forced[place] and not self.ends_force(members, has_witness)
        return replace(now, forced=put(now.forced, place, still))


FAULTS = {
    Verb.CRASH: "crash",
    Verb.POWER_FAILURE: "power",
    Verb.SITE_FAILURE: "site",
    Verb.PARTITION: "partition",
    Verb.ISOLATION: "isolation",
    Verb.LINK_FAILURE: "link",
    Verb.WITNESS_FAILURE: "witness",
    Verb.PATH_FAILURE: "path",
    Verb.PLANNED_STOP: "planned_stop",
}


def pairs(nodes: Iterable[str]) -> frozenset[Nodes]:
    members = list(nodes)
    return frozenset(frozenset((a, b)) for a in members for b in members if a != b)


def put(places: tuple, place: int, value: object) -> tuple:  # type: ignore[type-arg]
    return (*places[:place], value, *places[place + 1 :])


def holder_of(now: Plain) -> Nodes:
    return frozenset((now.holder,)) if now.holder is not None else NOBODY


def wins(winner: str | None, contenders: Nodes) -> bool:
    """Any contender may win, and one does if there is one."""
    return winner in contenders if contenders else winner is None
