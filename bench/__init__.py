"""What the product costs, beside what the bare stack costs. No part of the product: `lms bench` runs it."""
