# What an overlay of deploy/kubernetes needs to know of it.

output "cluster" {
  description = "The cluster's name: gcloud container clusters get-credentials."
  value       = google_container_cluster.this.name
}

output "database" {
  description = "Where the database is."
  value = {
    address = google_sql_database_instance.this.private_ip_address
    name    = google_sql_database.this.name
  }
}

output "database_networks" {
  description = "What the network policy `to-the-database` of the overlay has to let through."
  value       = ["${google_compute_global_address.database.address}/${google_compute_global_address.database.prefix_length}"]
}

output "buckets" {
  value = { for name, it in google_storage_bucket.this : name => it.name }
}

output "accounts" {
  description = "For the annotation iam.gke.io/gcp-service-account of each service account."
  value       = { for name, it in google_service_account.pod : name => it.email }
}
