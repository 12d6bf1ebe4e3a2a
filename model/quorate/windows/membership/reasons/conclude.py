"""What the end of a story shows: the facts behind the violated one, as data."""

from collections import defaultdict
from collections.abc import Iterator

from quorate.cluster import Cluster, WitnessKind
from quorate.windows.membership.reasons.explain import explain, running
from quorate.windows.membership.reasons.networks import networks
from quorate.windows.membership.reasons.reasons import Conclusion, Fate, Idle, Missed, tally
from quorate.windows.membership.reasons.story import Story
from quorate.windows.membership.situation import Situation


def conclude(story: Story) -> Conclusion:
    cluster, final = story.cluster, story.moments[-1].situation
    last = explain(story)[-1]
    everyone = frozenset(cluster.node_names)
    return Conclusion(
        islands=running(cluster, final),
        missed=tuple(_missed(story)),
        cut_off=frozenset[str]().union(
            *(network for network in networks(cluster.node_names, final) if network != everyone)
        )
        & final.running,
        stopped=tuple(part for part in last.parts if part.fate is Fate.STOPS),
        all_stopped=last.all_stopped,
        idle=() if final.islands else tuple(_idle(cluster, final)),
    )


def _missed(story: Story) -> Iterator[Missed]:
    """Nodes that run on an outdated configuration, by the step that left them behind."""
    final = story.moments[-1].situation
    since: dict[int | None, set[str]] = defaultdict(set)
    for node in final.running - final.current:
        stored = (
            step for step, moment in enumerate(story.moments) if node in moment.situation.current
        )
        latest = max(stored, default=None)
        since[None if latest is None else latest + 1].add(node)
    for step, nodes in sorted(since.items(), key=lambda item: item[0] or 0):
        event = story.moments[step].event if step is not None else None
        yield Missed(frozenset(nodes), step, event.action if event is not None else "")


def _idle(cluster: Cluster, final: Situation) -> Iterator[Idle]:
    for network in networks(cluster.node_names, final):
        nodes = network & final.up
        if nodes:
            holds = final.witness_up and final.holder is None and bool(nodes & final.witness_paths)
            share = cluster.witness is not None and cluster.witness.kind is WitnessKind.FILE_SHARE
            newer = share and holds and final.witness_current and not nodes & final.current
            yield Idle(tally(cluster, nodes, holds), newer)
