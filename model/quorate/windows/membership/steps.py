"""What can happen to a cluster, verb by verb."""

from collections.abc import Iterator
from typing import Literal, TypeAlias, assert_never

from quorate.system import Action
from quorate.windows.membership.adjusting import adjust
from quorate.windows.membership.cuts import isolation, link_failure, partition
from quorate.windows.membership.disturbance import Disturbance
from quorate.windows.membership.faults import crash, planned_stop, power_failure, site_failure
from quorate.windows.membership.forming import form
from quorate.windows.membership.operator import force, give_way
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.repairs import heal, path_return, restart, witness_return
from quorate.windows.membership.running import catch_up, commit, join, take_witness
from quorate.windows.membership.state import MembershipState, WitnessVariables
from quorate.windows.membership.verbs import Verb
from quorate.windows.membership.witness_faults import path_failure, witness_failure

_OfWitness: TypeAlias = Literal[
    Verb.WITNESS_FAILURE,
    Verb.PATH_FAILURE,
    Verb.WITNESS_RETURN,
    Verb.PATH_RETURN,
    Verb.TAKE_WITNESS,
]


def steps_of(verb: Verb, state: MembershipState, quorum: Quorum) -> Iterator[Disturbance | Action]:
    """The steps of one verb: one, or one for each thing that it can be about."""
    match verb:
        case Verb.CRASH:
            yield crash(state, quorum)
        case Verb.POWER_FAILURE:
            yield power_failure(state)
        case Verb.SITE_FAILURE:
            for site in state.cluster.sites:
                yield site_failure(state, quorum, site)
        case Verb.PARTITION:
            yield partition(state, quorum)
        case Verb.ISOLATION:
            yield isolation(state, quorum)
        case Verb.LINK_FAILURE:
            yield link_failure(state, quorum)
        case Verb.PLANNED_STOP:
            yield planned_stop(state, quorum)
        case Verb.RESTART:
            yield restart(state)
        case Verb.HEAL:
            yield heal(state)
        case Verb.FORM:
            yield form(state, quorum)
        case Verb.JOIN:
            yield join(state, quorum)
        case Verb.COMMIT:
            yield commit(state, quorum)
        case Verb.CATCH_UP:
            yield catch_up(state, quorum)
        case Verb.ADJUST_VOTES:
            if state.changing is not None:
                yield adjust(state, quorum, state.changing)
        case Verb.FORCE:
            if state.forced_marks is not None:
                yield force(state, quorum, state.forced_marks)
        case Verb.GIVE_WAY:
            if state.forced_marks is not None:
                yield give_way(state, state.forced_marks)
        case (
            Verb.WITNESS_FAILURE
            | Verb.PATH_FAILURE
            | Verb.WITNESS_RETURN
            | Verb.PATH_RETURN
            | Verb.TAKE_WITNESS
        ):
            if state.witness is not None:
                yield _of_witness(verb, state, quorum, state.witness)
        case _:
            assert_never(verb)


def _of_witness(
    verb: _OfWitness, state: MembershipState, quorum: Quorum, witness: WitnessVariables
) -> Disturbance | Action:
    match verb:
        case Verb.WITNESS_FAILURE:
            return witness_failure(state, quorum, witness)
        case Verb.PATH_FAILURE:
            return path_failure(state, quorum, witness)
        case Verb.WITNESS_RETURN:
            return witness_return(state, witness)
        case Verb.PATH_RETURN:
            return path_return(state, witness)
        case Verb.TAKE_WITNESS:
            return take_witness(state, quorum, witness)
        case _:
            assert_never(verb)
