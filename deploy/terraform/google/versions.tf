# What it is made with, and where the state lies: in a bucket of the team's own, named at `terraform init` (see ../README.md).
terraform {
  required_version = ">= 1.10"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.50"
    }
  }

  backend "gcs" {}
}

provider "google" {
  project = var.project
  region  = var.region

  default_labels = {
    project     = "codeant"
    environment = var.environment
    managed-by  = "terraform"
  }
}
