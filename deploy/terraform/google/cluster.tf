# The cluster: machines without addresses of their own, an interface that only named networks reach, network policies that hold (the
# dataplane enforces them), secrets under a key of ours, and pods that take roles by their service account.

resource "google_container_cluster" "this" {
  name           = local.name
  location       = var.region
  node_locations = var.zones
  network        = google_compute_network.this.id
  subnetwork     = google_compute_subnetwork.this.id

  # The pools below are the only ones.
  remove_default_node_pool = true
  initial_node_count       = 1
  deletion_protection      = var.database.is_protected
  datapath_provider        = "ADVANCED_DATAPATH"
  enable_shielded_nodes    = true

  release_channel {
    channel = "REGULAR"
  }

  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = length(var.administrators) == 0
    master_ipv4_cidr_block  = cidrsubnet(var.network, 12, 1536)
  }

  master_authorized_networks_config {
    dynamic "cidr_blocks" {
      for_each = var.administrators

      content {
        cidr_block = cidr_blocks.value
      }
    }
  }

  ip_allocation_policy {
    cluster_secondary_range_name  = "pods"
    services_secondary_range_name = "services"
  }

  workload_identity_config {
    workload_pool = "${var.project}.svc.id.goog"
  }

  database_encryption {
    state    = "ENCRYPTED"
    key_name = google_kms_crypto_key.this["cluster"].id
  }

  # Passwords and certificates of clients are no way in.
  master_auth {
    client_certificate_config {
      issue_client_certificate = false
    }
  }

  gateway_api_config {
    channel = "CHANNEL_STANDARD"
  }

  logging_config {
    enable_components = ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"]
  }

  maintenance_policy {
    recurring_window {
      start_time = "2026-01-04T03:00:00Z"
      end_time   = "2026-01-04T07:00:00Z"
      recurrence = "FREQ=WEEKLY;BYDAY=SA,SU"
    }
  }

  depends_on = [google_kms_crypto_key_iam_member.this]
}

# Machines write logs and figures, and fetch images; the default account of a project may do nearly everything.
resource "google_service_account" "node" {
  account_id   = "${local.name}-node"
  display_name = "CodeAnt ${var.environment}: machines of the cluster"
}

resource "google_project_iam_member" "node" {
  for_each = toset(["roles/logging.logWriter", "roles/monitoring.metricWriter", "roles/artifactregistry.reader"])
  project  = var.project
  role     = each.key
  member   = "serviceAccount:${google_service_account.node.email}"
}

resource "google_container_node_pool" "general" {
  name     = "general"
  cluster  = google_container_cluster.this.id
  location = var.region

  autoscaling {
    min_node_count = var.nodes.least
    max_node_count = var.nodes.most
  }

  management {
    auto_repair  = true
    auto_upgrade = true
  }

  upgrade_settings {
    max_surge       = 1
    max_unavailable = 0
  }

  node_config {
    machine_type      = var.nodes.type
    image_type        = "COS_CONTAINERD"
    disk_type         = "pd-balanced"
    disk_size_gb      = 50
    boot_disk_kms_key = google_kms_crypto_key.this["disks"].id
    service_account   = google_service_account.node.email
    oauth_scopes      = ["https://www.googleapis.com/auth/cloud-platform"]

    # A pod does not reach the machine's own credentials.
    workload_metadata_config {
      mode = "GKE_METADATA"
    }

    shielded_instance_config {
      enable_secure_boot          = true
      enable_integrity_monitoring = true
    }
  }
}

resource "google_container_node_pool" "gpu" {
  name     = "gpu"
  cluster  = google_container_cluster.this.id
  location = var.region

  autoscaling {
    total_min_node_count = var.gpu_nodes.least
    total_max_node_count = var.gpu_nodes.most
    location_policy      = "ANY"
  }

  management {
    auto_repair  = true
    auto_upgrade = true
  }

  # GPUs are scarce: the new one takes the place of the old one.
  upgrade_settings {
    max_surge       = 0
    max_unavailable = 1
  }

  node_config {
    machine_type      = var.gpu_nodes.type
    image_type        = "COS_CONTAINERD"
    disk_type         = "pd-balanced"
    disk_size_gb      = 200
    boot_disk_kms_key = google_kms_crypto_key.this["disks"].id
    service_account   = google_service_account.node.email
    oauth_scopes      = ["https://www.googleapis.com/auth/cloud-platform"]
    labels            = { "codeant.dev/gpu" = "true" }

    guest_accelerator {
      type  = var.gpu_nodes.accelerator
      count = 1

      gpu_driver_installation_config {
        gpu_driver_version = "DEFAULT"
      }
    }

    # What needs no GPU stays away; engines tolerate it (deploy/kubernetes/components/engine-*).
    taint {
      key    = "nvidia.com/gpu"
      value  = "present"
      effect = "NO_SCHEDULE"
    }

    workload_metadata_config {
      mode = "GKE_METADATA"
    }

    shielded_instance_config {
      enable_secure_boot          = true
      enable_integrity_monitoring = true
    }
  }
}
