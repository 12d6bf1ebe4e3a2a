"""Every fact that breaks a promise, and every one that it rests on, is so in the run: looked up in
what the account says of the situations, and in the configuration, kind by kind."""

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import Any

import pytest
from runs import names, recorded

from quorate.windows.groups.reasons.account import Account as GroupAccount
from quorate.windows.groups.reasons.facts import Kind as OfGroup
from quorate.windows.membership.reasons.account import Account as ClusterAccount
from quorate.windows.membership.reasons.facts import Kind as OfCluster

ACTIVE = {"online", "online pending", "offline pending"}
NOT_LOOKED_UP = {
    "forced-side-wins",
    "last-man-stands",
    "last-man-stands-by-plan",
    "overruled-side-gives-way",
    "starts-in-turn",
    "tie-is-broken",
}
"""Claims that say what breaks them in a sentence of their own, of which no facts are looked up."""


def told_by(name: str, claims: Collection[str]) -> bool:
    """The picture is of one of these claims."""
    claim = name.partition("--")[0].partition("-of-")[0]
    return claim in claims


LOOKED_UP = [name for name in names() if not told_by(name, NOT_LOOKED_UP)]
OF_CLUSTER = [name for name in LOOKED_UP if "-of-" not in name.partition("--")[0]]
OF_GROUPS = [name for name in LOOKED_UP if "-of-" in name.partition("--")[0]]

Data = Mapping[str, Any]


class Seen:
    """What JSON says of a run of groups."""

    def __init__(self, account: GroupAccount, fact: Data) -> None:
        self.account, self.fact = account, fact
        self.steps = account.data()["steps"]
        self.last = self.steps[-1]
        self.now = self.group(-1)
        self.was = self.group(-2) if len(self.steps) > 1 else self.now
        self.config = account.group(fact["group"])

    def group(self, step: int) -> Data:
        found = self.steps[step]["activity"]["groups"]
        return next(g for g in found if g["name"] == self.fact["group"])

    def of(self, key: str) -> list[str]:
        return list(self.fact.get(key, []))

    @property
    def node(self) -> str:
        (node,) = self.of("nodes")
        return node

    def resource(self, name: str) -> Any:
        return next(r for r in self.config.resources if r.name == name)

    def active(self, node: str) -> set[str]:
        left = set(self.now["left"].get(node, []))
        own = {n for n, s in self.now["states"].items() if s in ACTIVE}
        return left | (own if self.now["owner"] == node else set())

    @property
    def members(self) -> set[str]:
        return set(self.last["activity"]["members"])

    @property
    def paused(self) -> set[str]:
        return set(self.last["activity"]["paused"])

    @property
    def free(self) -> set[str]:
        names = self.account.cluster.node_names
        return (self.members & set(self.config.possible_owners(names))) - self.paused

    @property
    def for_ever(self) -> bool:
        return self.account.loop_start is not None

    def since(self, step: int, holds: Any) -> bool:
        """It holds from the step on, and did not before."""
        moments = self.account.moments
        return all(holds(m) for m in moments[step:]) and not (step and holds(moments[step - 1]))


AT_OWNER = {
    OfGroup.UNSUPPORTED,
    OfGroup.TAKEN_AWAY,
    OfGroup.LOST_WRITE,
    OfGroup.PENDING_FOR_EVER,
    OfGroup.TOO_MANY_FAILOVERS,
    OfGroup.NEVER_ONLINE,
    OfGroup.NO_FILES,
    OfGroup.MEMORY_LOST,
    OfGroup.UNKNOWN_ADDRESS,
    OfGroup.LEFT_FAILED,
    OfGroup.COUNTED_FOR_OTHERS,
    OfGroup.COUNT_FORGOTTEN,
    OfGroup.COUNT_KEPT,
    OfGroup.BROUGHT_ALONE,
    OfGroup.UNWANTED,
    OfGroup.DATA_LOST,
}
"""What happens where the group is at the end."""

AT_LAST_OWNER = {
    OfGroup.FAILED_TOO_SELDOM,
    OfGroup.TRIED_TOO_OFTEN,
    OfGroup.WRONG_HOUR,
    OfGroup.WRONG_WAY_BACK,
    OfGroup.WRONG_NEXT,
    OfGroup.ASTRAY,
    OfGroup.SAVED_LOST,
}
"""What happens where it was before the last step."""


def is_so(kind: OfGroup, s: Seen) -> bool:
    """The node is the right one, and what is said of it is so."""
    if kind in AT_OWNER and s.node != s.now["owner"]:
        return False
    if kind in AT_LAST_OWNER and s.node != s.was["owner"]:
        return False
    return is_so_there(kind, s)


def is_so_there(kind: OfGroup, s: Seen) -> bool:  # noqa: PLR0915 - a table, kind by kind
    states, things, nodes = s.now["states"], s.of("things"), s.of("nodes")
    cluster, config = s.account.cluster, s.config
    match kind:
        case OfGroup.CIRCLE:
            pairs = list(pairwise(things))
            return len(things) > 1 and all(
                b in s.resource(a).depends_on.providers for a, b in pairs
            )
        case OfGroup.UNSUPPORTED | OfGroup.TAKEN_AWAY:
            (thing,) = things
            needs = set(s.of("needs"))
            clauses = [set(c) for c in s.resource(thing).depends_on.clauses]
            gone = all(states[need] != "online" for need in needs)
            right = {"online", "online pending"} if kind is OfGroup.UNSUPPORTED else {
                "offline pending"
            }  # fmt: skip
            return needs in clauses and gone and states[thing] in right
        case OfGroup.LOST_WRITE:
            (disk,) = s.of("needs")
            return set(things) <= set(s.now["lost"]) and states.get(disk) == "offline"
        case OfGroup.PENDING_FOR_EVER:
            return s.for_ever and all(states[t].endswith("pending") for t in things)
        case OfGroup.NOT_POSSIBLE:
            return bool(s.active(s.node)) and s.node not in s.of("others")
        case OfGroup.NOT_MEMBER:
            return set(things) <= s.active(s.node) and s.node not in s.members
        case OfGroup.WRONG_SUBNET:
            subnets = next(n.subnets for n in cluster.nodes if n.name == s.node)
            wrong = all(s.resource(t).subnet not in subnets for t in things)
            return wrong and set(things) <= s.active(s.node)
        case OfGroup.TOO_MANY_FAILOVERS:
            return s.now["failovers"] == s.fact["count"] > s.fact.get("most", 0)
        case OfGroup.PING_PONG:
            start = s.account.loop_start or 0
            owners = {s.group(i)["owner"] for i in range(start, len(s.steps))}
            return s.for_ever and owners == set(nodes)
        case OfGroup.NEVER_ONLINE:
            return s.for_ever and all(states[t] != "online" for t in things)
        case OfGroup.NEVER_TAKEN_OVER:
            return s.for_ever and s.node not in s.members and s.now["owner"] == s.node
        case OfGroup.STAYS_DRAINED:
            return s.for_ever and s.node in s.paused and s.now["owner"] == s.node
        case OfGroup.NOT_GONE_BACK:
            (other,) = s.of("others")
            there = other in s.free and s.now["owner"] == s.node
            order = config.preferred_owners
            better = s.node not in order or order.index(other) < order.index(s.node)
            return s.for_ever and there and better
        case OfGroup.FAILED_TOO_SELDOM | OfGroup.TRIED_TOO_OFTEN:
            (thing,) = things
            failed = s.account.situation(s.account.steps - 1).group(config.name).failures[thing]
            within = failed <= s.resource(thing).restart_threshold
            return failed == s.fact["count"] and within is (kind is OfGroup.FAILED_TOO_SELDOM)
        case OfGroup.NOT_LOST:
            return s.was["owner"] == s.node and s.node in s.members
        case OfGroup.PAUSED_STARTS | OfGroup.PAUSED_SENT:
            return s.node in s.paused
        case OfGroup.DRAINED_KEEPS:
            kept = s.now["owner"] == s.node and s.now["phase"] == "serving"
            return kept and s.node in s.paused and set(s.of("others")) <= s.free
        case OfGroup.WRONG_HOUR:
            window = config.window
            return window is not None and not window.open_at(s.fact["count"])
        case OfGroup.WRONG_WAY_BACK:
            (other,) = s.of("others")
            order = config.preferred_owners
            return order.index(s.node) < order.index(other)
        case OfGroup.RETURN_FORGOTTEN:
            end = s.account.end.group(config.name)
            return s.node in config.preferred_owners and s.node not in end.returned
        case OfGroup.WRONG_NEXT:
            got, due = s.of("others")
            order = config.node_list(cluster.node_names)
            turn = [*order[order.index(s.node) + 1 :], *order[: order.index(s.node)]]
            return s.now["owner"] == got and turn.index(due) < turn.index(got) and due in s.free
        case OfGroup.ASTRAY:
            got, due = s.of("others")
            return s.now["owner"] == got and s.was["target"] == due != got
        case OfGroup.BESIDE:
            here = {g["name"] for g in s.last["activity"]["groups"] if g["owner"] == s.node}
            return {config.name, *s.of("groups")} <= here
        case OfGroup.NO_FILES:
            (thing,) = things
            gone = set(s.of("needs")) - set(s.last["activity"]["volumes"])
            kept = all(states.get(name) != "online" for name in gone)
            return states[thing] in ACTIVE and gone == set(s.of("needs")) and kept
        case OfGroup.MEMORY_LOST:
            return set(things) <= set(s.now["forgotten"])
        case OfGroup.UNKNOWN_ADDRESS:
            online = all(states[n] == "online" for n in s.of("needs"))
            return s.for_ever and online and set(things) == set(s.now["asked"])
        case OfGroup.LEFT_FAILED:
            there = set(s.of("others")) <= s.free
            return s.for_ever and there and all(states[t] == "failed" for t in things)
        case OfGroup.COUNTED_FOR_OTHERS | OfGroup.COUNT_FORGOTTEN | OfGroup.COUNT_KEPT:
            now = s.account.end.group(config.name).failures
            was = s.account.situation(s.account.steps - 1).group(config.name).failures
            if kind is OfGroup.COUNTED_FOR_OTHERS:
                return all(now[t] > was[t] for t in things)
            if kind is OfGroup.COUNT_FORGOTTEN:
                return all(now[t] < was[t] for t in things)
            return all(now[t] > 0 for t in things)
        case OfGroup.BROUGHT_ALONE:
            return all(states[n] != "online" for n in s.of("needs"))
        case OfGroup.UNWANTED:
            return set(things) <= set(s.was["wanted"]) - set(s.now["wanted"])
        case OfGroup.PAUSE_FORGOTTEN:
            before = set(s.steps[-2]["activity"]["paused"])
            return set(nodes) <= before - s.paused and s.last["action"] != "resume"
        case OfGroup.CALLED_WRONGLY:
            returned = s.account.end.group(config.name).returned
            return s.node in returned and s.node not in config.preferred_owners
        case OfGroup.NOT_CALLED:
            return not s.account.situation(s.account.steps - 1).group(config.name).returned
        case OfGroup.SAVED_LOST:
            return set(things) <= set(s.was["saved"]) - set(s.now["saved"])
        case OfGroup.STALE_FORGOTTEN:
            pending = all(s.was["states"][t] == "online pending" for t in things)
            return pending and s.node in s.last["activity"]["unaware"]
        case OfGroup.TWICE:
            return len(nodes) > 1 and all(set(things) <= s.active(node) for node in nodes)
        case OfGroup.ANSWERS_ELSEWHERE:
            return set(things) <= s.active(s.node) and s.of("others") == [s.now["owner"]]
        case OfGroup.NO_PATH:
            rows = {row.name: row.reached_by for row in cluster.storage}
            out = all(s.node not in rows[t] for t in things)
            return out and set(things) <= s.active(s.node)
        case OfGroup.DATA_LOST:
            (site,) = s.of("sites")
            gone = not set(cluster.nodes_in(site)) & s.members
            return gone and set(things) == set(cluster.lost_with(site, config))
        case OfGroup.LIST:
            return nodes == list(config.node_list(cluster.node_names))
        case OfGroup.WINDOW:
            window = config.window
            return (window.start, window.end) == (s.fact.get("count", 0), s.fact.get("most", 0))
        case OfGroup.PREFERS:
            return nodes == list(config.preferred_owners)
        case OfGroup.NO_DEPENDENCY:
            (thing,), (disk,) = things, s.of("needs")
            keeps = disk in s.resource(thing).writes_to
            return keeps and disk not in config.below(thing)
        case OfGroup.NO_DISK:
            return all(not config.disks & (config.below(t) | {t}) for t in things)
        case OfGroup.NOT_FENCED:
            return not cluster.fencing
        case OfGroup.OWNERS:
            return nodes == list(config.possible_owners(cluster.node_names))
        case OfGroup.SUBNET:
            subnets = next(n.subnets for n in cluster.nodes if n.name == s.node)
            return all(s.resource(t).subnet not in subnets for t in things)
        case OfGroup.PATHS:
            rows = {row.name: set(row.reached_by) for row in cluster.storage}
            return all(rows[t] == set(nodes) for t in things)
        case OfGroup.COPIES:
            rows = {row.name: set(row.sites) for row in cluster.storage}
            return all(rows[t] == set(s.of("sites")) for t in things)
        case OfGroup.AVOIDS:
            others = {g.name: g for g in cluster.groups}
            return all(config.avoids(others[name]) for name in s.of("groups"))
        case OfGroup.ALLOWED:
            return s.now["failovers"] == s.fact.get("count", 0)
        case OfGroup.TOLERATED:
            return all(s.resource(t).restart_threshold == s.fact.get("most", 0) for t in things)
        case OfGroup.UNAWARE:
            return s.since(s.fact.get("step", 0), lambda m: set(nodes) <= m.situation.stale)
        case OfGroup.OWNS:
            name = config.name
            step = s.fact.get("step", 0)
            return s.since(step, lambda m: m.situation.group(name).owner == s.node)
        case OfGroup.PLANNED:
            target = s.group(s.fact["step"])["target"]
            return [target] == s.of("others")
        case OfGroup.IS_PAUSED:
            return s.since(s.fact.get("step", 0), lambda m: set(nodes) <= m.situation.paused)
        case OfGroup.FREE:
            return set(nodes) <= s.free


@pytest.mark.parametrize("name", OF_GROUPS)
def test_what_is_said_of_groups_is_so(name: str) -> None:
    account = recorded()[name]
    assert isinstance(account, GroupAccount)
    end = account.data()["conclusion"]
    assert end["violated"] is not None, "nobody knows who and what"
    for fact in (end["violated"], *end["rests_on"]):
        assert is_so(OfGroup(fact["fact"]), Seen(account, fact)), fact


def cluster_is_so(kind: OfCluster, account: ClusterAccount, fact: Data) -> bool:
    steps = account.data()["steps"]
    now = steps[-1]["situation"]
    sets = [set(nodes) for nodes in fact.get("sets", [])]
    islands = [set(island) for island in now["islands"]]
    running = set().union(*islands) if islands else set()
    cut = {frozenset(pair) for pair in now["cut"]}
    networks = [set(network) for network in now["networks"]]

    def votes(nodes: set[str]) -> int:
        mine = sum(now["votes"]["nodes"][node] for node in nodes)
        return int(mine + (now["votes"]["witness"] if now["holder"] in nodes else 0))

    needed = now["votes"]["needed"]
    made = fact.get("step", 0)
    match kind:
        case OfCluster.SPLIT:
            return len(sets) > 1 and all(s in islands for s in sets)
        case OfCluster.MINORITY:
            (sum_,) = fact["sums"]
            mine = sum_["votes"] + sum_["witness_votes"]
            return sets[0] in islands and votes(sets[0]) == mine < needed == sum_["needed"]
        case OfCluster.STRANGERS:
            pair = frozenset(node for nodes in sets for node in nodes)
            together = any(pair <= island for island in islands)
            before = steps[made - 1]["situation"]
            was = all(pair != frozenset(p) for p in before["cut"])
            return together and pair in cut and was and any(pair <= n for n in networks)
        case OfCluster.WITHOUT_DISK:
            return sets[0] <= running and not sets[0] & set(now["witness_paths"])
        case OfCluster.FORCED_ON:
            place = islands.index(sets[0])
            return now["forced"][place] and votes(sets[0]) >= needed
        case OfCluster.STOPPED_BY_PLAN:
            (node,) = sets[0]
            stopped = not sets[1] & running and sets[1] <= set(now["up"])
            return steps[-1]["names"]["node"] == node and stopped
        case OfCluster.WITNESS_LEFT:
            able = running & set(now["witness_paths"])
            return now["holder"] is None and sets[0] == able and account.loop_start is not None
        case OfCluster.NEVER_RUNS:
            return not islands and sets[0] == set(now["up"]) and account.loop_start is not None
        case OfCluster.LEFT_OUT:
            return sets[0] <= set(now["up"]) - running and sets[1] == running
        case OfCluster.OUTDATED:
            new = made == 0 or steps[made]["action"] in {"commit", "adjust votes", "force"}
            return sets[0] <= running - set(now["current"]) and new
        case OfCluster.CHANGED_OUTDATED | OfCluster.NOT_GIVEN:
            before = steps[-2]["situation"]
            return not sets[0] & set(before["current"]) and sets[0] <= set(now["current"])
        case OfCluster.JOINED_OUTDATED:
            island = next(i for i in islands if sets[0] <= i)
            return sets[1] <= island and not sets[0] & set(now["current"])
        case OfCluster.NO_EFFECT:
            return steps[-1]["action"] == "crash" and sets[0] <= set(now["up"])
        case OfCluster.WITNESS_DIFFERS:
            (holder,) = sets[0]
            current = holder in now["current"]
            return holder == now["holder"] and current is not now["witness_current"]
        case OfCluster.FORCE_OVERRULED:
            return steps[-1]["action"] == "force" and sets[1] <= set(now["current"]) - sets[0]
        case OfCluster.STOPPED:
            return not islands and all(s <= set(now["up"]) for s in sets)
        case OfCluster.NOBODY_UP:
            return not now["up"]
        case OfCluster.NOTHING_RUNS:
            return not islands
        case OfCluster.APART:
            return sets[0] in islands and any(n & sets[0] and n != sets[0] for n in [*networks])
        case OfCluster.RUNS_ON:
            return sets[0] == running and bool(running)


@pytest.mark.parametrize("name", OF_CLUSTER)
def test_what_is_said_of_clusters_is_so(name: str) -> None:
    account = recorded()[name]
    assert isinstance(account, ClusterAccount)
    fact = account.data()["conclusion"]["violated"]
    assert fact is not None, "nobody knows who and what"
    assert cluster_is_so(OfCluster(fact["fact"]), account, fact), fact


def test_what_is_not_looked_up_is_told_by_its_sentence() -> None:
    recordings = recorded()
    others = [name for name in names() if told_by(name, NOT_LOOKED_UP)]
    assert others
    for name in others:
        assert recordings[name].shown is None
        assert recordings[name].data()["conclusion"]["violated"] is None


def test_every_promise_of_the_catalogue_is_in_the_gallery() -> None:
    """So that what is said of each is checked above."""
    from quorate.windows.groups.violations import Violation as Groups  # noqa: PLC0415
    from quorate.windows.membership.violations import Violation as Clusters  # noqa: PLC0415

    shown = {account.shown for account in recorded().values()}
    assert {*Groups, *Clusters} - shown == set()


def test_what_is_said_of_another_node_is_not_so() -> None:
    """The checks above can fail: of most facts with one node no other node will do."""
    noticed, asked = 0, 0
    for name in OF_GROUPS:
        account = recorded()[name]
        assert isinstance(account, GroupAccount)
        fact = account.data()["conclusion"]["violated"]
        for other in account.cluster.node_names:
            if len(fact.get("nodes", [])) == 1 and other not in fact["nodes"]:
                asked += 1
                try:
                    noticed += not is_so(
                        OfGroup(fact["fact"]), Seen(account, {**fact, "nodes": [other]})
                    )
                except (KeyError, ValueError, IndexError):
                    noticed += 1
    assert asked > 30
    assert noticed > 0.9 * asked
