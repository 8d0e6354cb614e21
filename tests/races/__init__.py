"""Promotions at once from three processes, killed and stopped at every step: who ends up champion?"""
