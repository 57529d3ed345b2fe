# The PostgreSQL that all gateways share: without an address of the internet, over TLS only, under a key of ours, with a twin in another
# zone in production, and put back to any moment of the last week. Users are made by hand, so that no password stands in the state.

resource "google_sql_database_instance" "this" {
  name                = local.name
  region              = var.region
  database_version    = "POSTGRES_17"
  encryption_key_name = google_kms_crypto_key.this["database"].id
  deletion_protection = var.database.is_protected

  settings {
    tier                        = var.database.type
    edition                     = "ENTERPRISE"
    availability_type           = var.database.second_zone ? "REGIONAL" : "ZONAL"
    disk_type                   = "PD_SSD"
    disk_size                   = var.database.room
    disk_autoresize             = true
    disk_autoresize_limit       = var.database.most_room
    deletion_protection_enabled = var.database.is_protected

    ip_configuration {
      ipv4_enabled    = false
      private_network = google_compute_network.this.id
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    backup_configuration {
      enabled                        = true
      start_time                     = "02:00"
      point_in_time_recovery_enabled = true
      transaction_log_retention_days = 7

      backup_retention_settings {
        retained_backups = var.database.copies
      }
    }

    maintenance_window {
      day          = 7
      hour         = 3
      update_track = "stable"
    }

    # A second: what takes longer is worth a look.
    database_flags {
      name  = "log_min_duration_statement"
      value = "1000"
    }

    insights_config {
      query_insights_enabled = true
    }
  }

  depends_on = [google_service_networking_connection.database, google_kms_crypto_key_iam_member.this]
}

resource "google_sql_database" "this" {
  name     = "codeant"
  instance = google_sql_database_instance.this.name
}
