# What an overlay of deploy/kubernetes needs to know of it.

output "cluster" {
  description = "The cluster's name: aws eks update-kubeconfig --name."
  value       = aws_eks_cluster.this.name
}

output "database" {
  description = "Where the database is; its password is in the secret named beside it."
  value = {
    address = aws_db_instance.this.address
    port    = aws_db_instance.this.port
    name    = aws_db_instance.this.db_name
    secret  = aws_db_instance.this.master_user_secret[0].secret_arn
  }
}

output "database_networks" {
  description = "What the network policy `to-the-database` of the overlay has to let through."
  value       = [for it in aws_subnet.database : it.cidr_block]
}

output "buckets" {
  value = { for name, it in aws_s3_bucket.this : name => it.bucket }
}

output "roles" {
  description = "For the annotation eks.amazonaws.com/role-arn of each service account."
  value       = { for name, it in aws_iam_role.pod : name => it.arn }
}
