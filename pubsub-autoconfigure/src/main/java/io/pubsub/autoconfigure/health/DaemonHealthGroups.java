package io.pubsub.autoconfigure.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.AdditionalPathsMapper;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.core.env.Environment;

/**
 * Takes the health of the daemon into the groups of the liveness and the readiness probe,
 * unless the user has said what is in them.
 */
final class DaemonHealthGroups implements HealthEndpointGroupsPostProcessor {

	private static final Map<String, String> MEMBERS = Map.of("readiness", "pubsub", "liveness", "pubsubLiveness");

	private final Environment environment;

	DaemonHealthGroups(Environment environment) {
		this.environment = environment;
	}

	@Override
	public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
		Map<String, HealthEndpointGroup> extended = new LinkedHashMap<>();
		for (String name : groups.getNames()) {
			HealthEndpointGroup group = groups.get(name);
			String member = MEMBERS.get(name);
			if (group != null) {
				extended.put(name, (member != null && !isConfigured(name)) ? new ExtendedGroup(group, member) : group);
			}
		}
		return new ExtendedGroups(groups, extended);
	}

	private boolean isConfigured(String group) {
		return this.environment.containsProperty("management.endpoint.health.group." + group + ".include");
	}

	/**
	 * Groups of which some have one member more.
	 *
	 * @param groups the groups as they were
	 * @param extended the groups by name
	 */
	private record ExtendedGroups(HealthEndpointGroups groups,
			Map<String, HealthEndpointGroup> extended) implements HealthEndpointGroups, AdditionalPathsMapper {

		@Override
		public HealthEndpointGroup getPrimary() {
			return this.groups.getPrimary();
		}

		@Override
		public Set<String> getNames() {
			return this.extended.keySet();
		}

		@Override
		public @Nullable HealthEndpointGroup get(String name) {
			return this.extended.get(name);
		}

		// Spring Security asks for these with each request, and takes the bean for one
		// that tells them.
		@Override
		public @Nullable List<String> getAdditionalPaths(EndpointId endpointId, WebServerNamespace webServerNamespace) {
			return (this.groups instanceof AdditionalPathsMapper mapper)
					? mapper.getAdditionalPaths(endpointId, webServerNamespace) : null;
		}

	}

	/**
	 * A group with one member more.
	 *
	 * @param group the group
	 * @param member the member
	 */
	private record ExtendedGroup(HealthEndpointGroup group, String member) implements HealthEndpointGroup {

		@Override
		public boolean isMember(String name) {
			return name.equals(this.member) || this.group.isMember(name);
		}

		@Override
		public boolean showComponents(SecurityContext securityContext) {
			return this.group.showComponents(securityContext);
		}

		@Override
		public boolean showDetails(SecurityContext securityContext) {
			return this.group.showDetails(securityContext);
		}

		@Override
		public StatusAggregator getStatusAggregator() {
			return this.group.getStatusAggregator();
		}

		@Override
		public HttpCodeStatusMapper getHttpCodeStatusMapper() {
			return this.group.getHttpCodeStatusMapper();
		}

		@Override
		public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
			return this.group.getAdditionalPath();
		}

	}

}
