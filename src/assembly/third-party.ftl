<#-- A line a library, in a fixed order: the licences first, then what it is and where it comes from. -->
What is in lib/, and the licences it is under:

<#list dependencyMap as e>
<#assign project = e.getKey()/>
<#assign licenses = e.getValue()/>
(<#list licenses as license>${license}<#if license_has_next>; </#if></#list>) ${project.name} (${project.groupId}:${project.artifactId}:${project.version}<#if project.url??> - ${project.url}</#if>)
</#list>
