# What it is made with, and where the state lies: in a bucket of the team's own, named at `terraform init` (see ../README.md). The state
# holds no password: the database's is made and turned by Secrets Manager.
terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }

  backend "s3" {
    encrypt = true
    # One writer at a time, held by an object beside the state.
    use_lockfile = true
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      Project     = "codeant"
      Environment = var.environment
      ManagedBy   = "terraform"
    }
  }
}
