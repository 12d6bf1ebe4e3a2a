"""What others ask of a witness and of a quorum mode, for each that there is (wsfc.md 1.1, 1.4)."""

from quorate.cluster import (
    QUORUM_RULES,
    Cluster,
    Node,
    WayOfIsolated,
    WindowsVersion,
    Witness,
    WitnessKind,
)


def test_a_disk_keeps_the_configuration_and_has_cables_of_its_own():
    said = {kind: (kind.keeps_configuration, kind.reached_over_network) for kind in WitnessKind}
    isolated = {kind: kind.way_of_isolated for kind in WitnessKind}
    assert isolated == {
        WitnessKind.DISK: WayOfIsolated.KEPT,
        WitnessKind.FILE_SHARE: WayOfIsolated.LOST,
        WitnessKind.CLOUD: WayOfIsolated.OPEN,
    }
    assert said == {
        WitnessKind.DISK: (True, False),
        WitnessKind.FILE_SHARE: (False, True),
        WitnessKind.CLOUD: (False, True),
    }


def test_only_where_the_disk_decides_alone_does_who_belongs_need_it():
    nodes = (Node("A"), Node("B"))
    belong = {
        rule.mode: Cluster(
            "two",
            nodes,
            rule,
            Witness("W", rule.witness_kind, ("A",)) if rule.witness_kind else None,
            version=WindowsVersion.WINDOWS_2016,
        ).may_belong
        for rule in QUORUM_RULES
    }
    assert belong == {
        "node-majority": ("A", "B"),
        "node-and-disk-majority": ("A", "B"),
        "node-and-file-share-majority": ("A", "B"),
        "node-and-cloud-majority": ("A", "B"),
        "disk-only": ("A",),
    }
