"""What can happen to a cluster, in one word each: the verbs of its actions."""

from quorate.system import Verb as AnyVerb


class Verb(AnyVerb):
    """The verbs of membership. A site's failure is about the site."""

    CRASH = "crash"
    POWER_FAILURE = "power failure"
    SITE_FAILURE = "site failure"
    PARTITION = "partition"
    ISOLATION = "isolation"
    LINK_FAILURE = "link failure"
    WITNESS_FAILURE = "witness failure"
    PATH_FAILURE = "path failure"
    PLANNED_STOP = "planned stop"
    RESTART = "restart"
    HEAL = "heal"
    WITNESS_RETURN = "witness return"
    PATH_RETURN = "path return"
    FORM = "form"
    JOIN = "join"
    TAKE_WITNESS = "take witness"
    COMMIT = "commit"
    CATCH_UP = "catch up"
    ADJUST_VOTES = "adjust votes"
    FORCE = "force"
    GIVE_WAY = "give way"
