package io.github.dataspaces.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Info;
import io.github.dataspaces.testkit.Command;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class HostNetworkTest {

  private static final String KERNEL = System.getProperty("os.version");

  private static Info ours() {
    return new Info().withName(Command.output("uname", "-n").strip()).withKernelVersion(KERNEL);
  }

  @Test
  void anEngineOfThisMachineHasOurNetwork() {
    assertThat(HostNetwork.isOurs(ours(), KERNEL)).isTrue();
    assertThat(HostNetwork.isOurs(ours().withSecurityOptions(List.of("name=apparmor")), KERNEL))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"name=rootless", "name=userns", "name=rootless,extra=1"})
  void oneWithUsersOfItsOwnHasAnother(String option) {
    Info info = ours().withSecurityOptions(List.of("name=seccomp,profile=default", option));
    assertThat(HostNetwork.isOurs(info, KERNEL)).isFalse();
  }

  @Test
  void oneInAVirtualMachineHasAnother() {
    assertThat(HostNetwork.isOurs(ours().withKernelVersion("6.6.0-linuxkit"), KERNEL)).isFalse();
    assertThat(HostNetwork.isOurs(ours().withName("docker-desktop"), KERNEL)).isFalse();
    assertThat(HostNetwork.isOurs(new Info(), KERNEL)).isFalse();
  }
}
