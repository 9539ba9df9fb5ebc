package shop;

class Writing2Test extends Writing {}
