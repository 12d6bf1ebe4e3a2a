# Writes the configuration of the failover cluster that this computer belongs to into one JSON file,
# for: quorate check cluster.json
#
# It reads and changes nothing but that file. It runs in Windows PowerShell 5.1 and in PowerShell 7
# and needs no module but FailoverClusters, which every node has.
param(
    [string] $Path = 'cluster.json'
)

$ErrorActionPreference = 'Stop'
if ($PSVersionTable.PSEdition -eq 'Core') {
    Import-Module -Name FailoverClusters -SkipEditionCheck
}
else {
    Import-Module -Name FailoverClusters
}

# A value without the object behind it: of an object its name, of an enumeration its word.
function Get-Plain($Value) {
    if ($null -eq $Value) { return $null }
    if ($Value -is [enum]) { return [string] $Value }
    if ($Value -is [string] -or $Value -is [ValueType]) { return $Value }
    if ($Value -is [System.Collections.IEnumerable]) {
        return , @($Value | ForEach-Object { Get-Plain $_ })
    }
    if ($Value.PSObject.Properties['Name']) { return [string] $Value.Name }
    return [string] $Value
}

# Those of the properties that this version of Windows has.
function Select-Known($Object, [string[]] $Names) {
    $found = [ordered] @{}
    foreach ($name in $Names) {
        if ($null -ne $Object -and $Object.PSObject.Properties[$name]) {
            $found[$name] = Get-Plain $Object.$name
        }
    }
    return $found
}

# What a cmdlet gives that only newer versions of Windows have.
function Get-Optional([string] $Cmdlet, [string[]] $Names) {
    if (Get-Command -Name $Cmdlet -ErrorAction SilentlyContinue) {
        & $Cmdlet | ForEach-Object { Select-Known $_ $Names }
    }
}

function Get-Parameters($Object) {
    $found = [ordered] @{}
    foreach ($parameter in @($Object | Get-ClusterParameter)) {
        if ($parameter.Value -is [byte[]]) { continue }
        $found[$parameter.Name] = Get-Plain $parameter.Value
    }
    return $found
}

$clusterProperties = 'Name', 'Domain', 'ClusterFunctionalLevel', 'DynamicQuorum',
    'WitnessDynamicWeight', 'LowerQuorumPriorityNodeId', 'PreferredSite', 'FixQuorum',
    'PreventQuorum', 'SameSubnetDelay', 'SameSubnetThreshold', 'CrossSubnetDelay',
    'CrossSubnetThreshold', 'CrossSiteDelay', 'CrossSiteThreshold', 'QuarantineThreshold',
    'QuarantineDuration', 'ResiliencyLevel', 'ResiliencyDefaultPeriod',
    'ClusterEnforcedAntiAffinity', 'ClusterGroupWaitDelay', 'QuorumArbitrationTimeMax',
    'DrainOnShutdown', 'S2DEnabled'
$nodeProperties = 'Name', 'Id', 'State', 'StatusInformation', 'NodeWeight', 'DynamicWeight',
    'NeedsPreventQuorum', 'FaultDomain', 'MajorVersion', 'MinorVersion', 'BuildNumber'
$groupProperties = 'Name', 'Id', 'GroupType', 'IsCoreGroup', 'OwnerNode', 'State',
    'PersistentState', 'Priority', 'DefaultOwner', 'AutoFailbackType', 'FailbackWindowStart',
    'FailbackWindowEnd', 'FailoverPeriod', 'FailoverThreshold', 'AntiAffinityClassNames',
    'ColdStartSetting', 'PreferredSite', 'ResiliencyPeriod'
$resourceProperties = 'Name', 'Id', 'ResourceType', 'OwnerGroup', 'OwnerNode', 'State',
    'IsCoreResource', 'IsClusterSharedVolume', 'RestartAction', 'RestartDelay', 'RestartPeriod',
    'RestartThreshold', 'RetryPeriodOnFailure', 'PendingTimeout', 'DeadlockTimeout',
    'SeparateMonitor', 'PersistentState', 'EmbeddedFailureAction'

$groups = foreach ($group in @(Get-ClusterGroup)) {
    $found = Select-Known $group $groupProperties
    $owners = Get-ClusterOwnerNode -Group $group.Name
    $found['PreferredOwners'] = @($owners.OwnerNodes | ForEach-Object { Get-Plain $_ })
    $found
}

$resources = foreach ($resource in @(Get-ClusterResource)) {
    $found = Select-Known $resource $resourceProperties
    $owners = Get-ClusterOwnerNode -Resource $resource.Name
    $found['PossibleOwners'] = @($owners.OwnerNodes | ForEach-Object { Get-Plain $_ })
    $dependency = Get-ClusterResourceDependency -Resource $resource.Name
    $found['DependencyExpression'] = [string] $dependency.DependencyExpression
    $found['Parameters'] = Get-Parameters $resource
    $found
}

$export = [ordered] @{
    Cluster = Select-Known (Get-Cluster) $clusterProperties
    Nodes = @(Get-ClusterNode | ForEach-Object { Select-Known $_ $nodeProperties })
    Quorum = Select-Known (Get-ClusterQuorum) @('QuorumType', 'QuorumResource')
    Groups = @($groups)
    Resources = @($resources)
    SharedVolumes = @(Get-Optional 'Get-ClusterSharedVolume' @('Name', 'Id'))
    NetworkInterfaces = @(
        Get-ClusterNetworkInterface | ForEach-Object { Select-Known $_ @('Name', 'Node', 'Network') }
    )
    FaultDomains = @(Get-Optional 'Get-ClusterFaultDomain' @('Name', 'Type', 'ParentName'))
    AffinityRules = @(
        Get-Optional 'Get-ClusterAffinityRule' @('Name', 'RuleType', 'Groups', 'Enabled')
    )
    GroupSets = @(
        Get-Optional 'Get-ClusterGroupSet' @(
            'Name', 'GroupNames', 'ProviderNames', 'StartupDelayTrigger', 'StartupCount', 'IsGlobal'
        )
    )
}

$export | ConvertTo-Json -Depth 6 | Out-File -FilePath $Path -Encoding utf8
